# shellcheck shell=bash
# Deleting a namespace takes everything along: nothing holds it, and nothing is written into it again.
make_namespace
traced_services
contains "ConfigMap" "$(kubectl get configmap sidetrace -n "$namespace" -o name)" configmap/sidetrace
equal "finalizers" "$(kubectl get tracingconfig sandbox -n "$namespace" -o 'jsonpath={.metadata.finalizers}')" ""
began=$(date +%s)
kubectl delete namespace "$namespace" --timeout=90s >/dev/null
figure "gone after $(($(date +%s) - began)) s"
left=$(kubectl get configmaps,pods,tracingconfigs -A -o json | jq -r --arg namespace "$namespace" '.items[] | select(.metadata.namespace == $namespace) | .kind + " " + .metadata.name')
equal "left of it" "$left" ""
