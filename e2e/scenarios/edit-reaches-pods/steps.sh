# shellcheck shell=bash
# An edit is applied in every one of many injected pods within 10 s at p99, without a restart, and the status says so.
# seconds: 900
make_namespace
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml" >/dev/null
programmed
pods=${PODS:-100} edits=5
apply deployment.yaml

# In steps: a node of two cores starts no more JVMs at once.
for ((replicas = 20; ; replicas += 20)); do
  [ "$replicas" -lt "$pods" ] || replicas=$pods
  kubectl scale -n "$namespace" deployment/many --replicas="$replicas" >/dev/null
  kubectl rollout status -n "$namespace" deployment/many --timeout=300s >/dev/null
  [ "$replicas" -lt "$pods" ] || break
done
all_current() { [ "$(config_status sandbox '.pods | "\(.current) \(.matched)"')" = "$pods $pods" ]; }
await 120 "all pods to be current" all_current

kubectl get pods -n "$namespace" -l app=many -o json | jq -r '.items[].status.podIP' |
  python3 -B "$root/e2e/tools/edit_reach.py" "$edits" 10 -- \
    kubectl patch tracingconfig/sandbox -n "$namespace" --type merge -p '{"spec":{"sampling":{"random":PERCENT}}}'
await 60 "all pods to be current again" all_current
restarts=$(kubectl get pods -n "$namespace" -l app=many -o json | jq '[.items[].status | .initContainerStatuses[], .containerStatuses[] | .restartCount] | add')
equal "restarts" "$restarts" 0
