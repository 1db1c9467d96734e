# shellcheck shell=bash
# A pod that is not annotated is, byte for byte, what it is where the webhook does not reach.
make_namespace
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml"
programmed

# What the API server would store, without what it makes anew each time.
admitted() {
  kubectl create -n "$1" -f "$folder/pod.yaml" --dry-run=server -o json |
    jq -S 'del(.metadata.uid, .metadata.creationTimestamp, .metadata.namespace, .metadata.managedFields)'
}

# The webhook never sees kube-system.
equal "the pod as admitted" "$(admitted "$namespace")" "$(admitted kube-system)"
apply pod.yaml
kubectl wait -n "$namespace" --for=condition=Ready pod/plain --timeout=60s
equal "containers" "$(kubectl get pod plain -n "$namespace" -o json | jq -r '[.spec.initContainers[]?, .spec.containers[]] | map(.name) | join(" ")')" app
