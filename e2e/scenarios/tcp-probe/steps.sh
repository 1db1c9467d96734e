# shellcheck shell=bash
# A tcpSocket probe asks the application's port, not the redirect: ready when it listens, not ready when it does not.
make_namespace

probe_failed() { kubectl get events -n "$namespace" --field-selector reason=Unhealthy -o name | grep -q .; }

kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml"
programmed
apply pods.yaml
equal "probe of 8080" "$(kubectl get pod listening -n "$namespace" -o json | jq -c '.spec.containers[0].readinessProbe.httpGet | [.path, .port]')" '["/probe/tcp/8080",15020]'
kubectl wait -n "$namespace" --for=condition=Ready pod/listening --timeout=60s
kubectl wait -n "$namespace" --for=jsonpath='{.status.containerStatuses[0].started}'=true pod/not-listening --timeout=60s
equal "probe of 8080, asked" "$(answer_code "http://$(address_of listening):15020/probe/tcp/8080")" 200
equal "probe of 9999, asked" "$(answer_code "http://$(address_of not-listening):15020/probe/tcp/9999")" 503
await 30 "the kubelet to see the probe fail" probe_failed
equal "ready" "$(kubectl get pod not-listening -n "$namespace" -o json | jq -r '.status.conditions[] | select(.type == "Ready").status')" False
