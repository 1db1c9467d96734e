# shellcheck shell=bash
# An edit is applied in every one of 30 injected pods (or PODS) within 10 s at p99, without a restart, and the status says so.
# seconds: 900
make_namespace
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml" >/dev/null
programmed
pods=${PODS:-30} edits=5
apply deployment.yaml

# In steps: a node of two cores starts no more JVMs at once.
for ((replicas = 20; ; replicas += 20)); do
  [ "$replicas" -lt "$pods" ] || replicas=$pods
  kubectl scale -n "$namespace" deployment/many --replicas="$replicas" >/dev/null
  kubectl rollout status -n "$namespace" deployment/many --timeout=300s >/dev/null
  [ "$replicas" -lt "$pods" ] || break
done
all_current() { [ "$(config_status sandbox '.pods | "\(.current) \(.matched)"')" = "$pods $pods" ]; }
await 180 "all pods to be current" all_current

python3 -B "$root/e2e/tools/edit_reach.py" "$namespace" sandbox many "$edits" 10
restarts=$(kubectl get pods -n "$namespace" -l app=many -o json | jq '[.items[].status | .initContainerStatuses[], .containerStatuses[] | .restartCount] | add')
equal "restarts" "$restarts" 0
