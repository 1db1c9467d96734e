# shellcheck shell=bash
# A crashed JVM is restarted inside the container; how long the pod could not be reached is measured.
make_namespace
traced_services
pod=$(pod_of service1) address=$(address_of service1)
# shellcheck disable=SC2016  # the container's shell expands it
python3 -B "$root/e2e/tools/outage.py" "$address" -- \
  kubectl exec -n "$namespace" "$pod" -c sidetrace -- sh -c 'kill -9 $(pidof java)'
equal "restarts of the sidecar's container" "$(restarts_of "$pod" sidetrace)" 0
equal "restarts of service 1" "$(restarts_of "$pod" service1)" 0
await 30 "the configuration to be applied again" status_is "$address" .config.state applied
id=$(new_request_id)
equal "answer" "$(answer_code -H "x-request-id: $id" "http://$address:8080/trace/1")" 200
traces_of "$id" 'service1 SERVER > service1 CLIENT > service2 SERVER'
