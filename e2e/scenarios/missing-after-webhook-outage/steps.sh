# shellcheck shell=bash
# Pods made while no webhook answers run without a sidecar; the TracingConfig names them, and a restart of their workload heals them.
make_namespace
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml" >/dev/null
programmed

webhook_replicas() {
  kubectl scale -n "$operator_namespace" deployment/sidetrace-webhook --replicas="$1" >/dev/null
  rolled_out "$operator_namespace" sidetrace-webhook
}
no_webhook_pods() { [ -z "$(kubectl get pods -n "$operator_namespace" -l app.kubernetes.io/component=webhook -o name)" ]; }

undo_at_end webhook_replicas 2
webhook_replicas 0
await 60 "the webhook's pods to be gone" no_webhook_pods
apply deployment.yaml
rolled_out "$namespace" orphan
await 60 "both pods to be missing" pods_are sandbox '{"current":0,"injected":0,"matched":2,"missing":2,"outdated":0,"unknown":0}'
equal "reasons" "$(config_status sandbox '[.missingPods[].reason] | unique[]')" NotInjected
contains "names" "$(config_status sandbox '.missingPods[0].name')" orphan-
await 30 "the event of the Deployment" told deployment/orphan 'NotInjected.*no webhook answered'

webhook_replicas 2
kubectl rollout restart -n "$namespace" deployment/orphan >/dev/null
rolled_out "$namespace" orphan
await 60 "both pods to be current" pods_are sandbox '{"current":2,"injected":2,"matched":2,"missing":0,"outdated":0,"unknown":0}'
equal "missing pods" "$(config_status sandbox '.missingPods // [] | length')" 0
