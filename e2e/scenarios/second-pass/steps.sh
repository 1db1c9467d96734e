# shellcheck shell=bash
# The webhook has nothing to add to a pod that it injected.
make_namespace
traced_services

review() { # POD as JSON on standard input
  jq '{apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: {uid: "second-pass",
    kind: {group: "", version: "v1", kind: "Pod"}, resource: {group: "", version: "v1", resource: "pods"},
    requestKind: {group: "", version: "v1", kind: "Pod"}, requestResource: {group: "", version: "v1", resource: "pods"},
    name: .metadata.name, namespace: .metadata.namespace, operation: "CREATE", userInfo: {username: "e2e"}, object: ., dryRun: false,
    options: {apiVersion: "meta.k8s.io/v1", kind: "CreateOptions"}}}'
}

configuration=$(kubectl get mutatingwebhookconfigurations -l "app.kubernetes.io/instance=$release" -o json | jq '.items[0].webhooks[0].clientConfig.service')
service=$(jq -r .name <<<"$configuration")
address=$(kubectl get service "$service" -n "$operator_namespace" -o 'jsonpath={.spec.clusterIP}')
url=https://$address:$(jq -r '.port // 443' <<<"$configuration")$(jq -r '.path // "/"' <<<"$configuration")
for app in service1 service2; do
  answer=$(kubectl get pod "$(pod_of "$app")" -n "$namespace" -o json | review |
    curl -fsSk -m 10 -H 'content-type: application/json' --data-binary @- "$url")
  equal "second pass over $app: allowed" "$(jq -r .response.allowed <<<"$answer")" true
  equal "second pass over $app: patch" "$(jq -r '.response.patch // "W10="' <<<"$answer" | base64 -d | jq -c .)" '[]'
done
