# shellcheck shell=bash
# A pod created before its ConfigMap starts, serves untraced, and begins to trace when the ConfigMap appears.
make_namespace
controller_off
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml"
services
pod=$(pod_of service1) address=$(address_of service1)
equal "ConfigMap sidetrace" "$(kubectl get configmap sidetrace -n "$namespace" --ignore-not-found -o name)" ""
equal "state of the configuration" "$(sidecar_status "$address" .config.state)" waiting
equal "answer" "$(answer_code "http://$address:8080/trace/1")" 200
equal "spans started" "$(sidecar_status "$address" .spans.started)" 0

began=$(date +%s)
controller_on
await 120 "the configuration to be applied" status_is "$address" .config.state applied
figure "applied $(($(date +%s) - began)) s after the controller was started"
await 60 "service 2 to have it too" status_is "$(address_of service2)" .config.state applied
id=$(new_request_id)
equal "answer" "$(answer_code -H "x-request-id: $id" "http://$address:8080/trace/1")" 200
traces_of "$id" 'service1 SERVER > service1 CLIENT > service2 SERVER'
equal "pod" "$(pod_of service1)" "$pod"
equal "restarts of the sidecar" "$(restarts_of "$pod" sidetrace)" 0
