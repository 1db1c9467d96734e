# shellcheck shell=bash
# A broken lds.json while running is refused with its reason; the last good configuration stays in force.
make_namespace
traced_services
address=$(address_of service1)
good=$(sidecar_status "$address" .config.applied)
controller_off

# An annotation makes the kubelet refresh the mounted ConfigMap at once.
write_lds() {
  kubectl patch configmap sidetrace -n "$namespace" --type merge -p "$(jq -n --arg lds "$1" '{data: {"sandbox_lds.json": $lds}}')" >/dev/null
  kubectl annotate pod -n "$namespace" --all --overwrite "e2e/nudge=$(date +%s%N)" >/dev/null
}

lds=$(kubectl get configmap sidetrace -n "$namespace" -o 'jsonpath={.data.sandbox_lds\.json}')
for broken in '{ "resources": [' "$(jq '.resources[0].surprise = 1' <<<"$lds")"; do
  write_lds "$broken"
  await 120 "lds.json to be refused" status_is "$address" .config.state refused
  echo "refused: $(sidecar_status "$address" .config.refused.message)"
  contains "reason" "$(sidecar_status "$address" .config.refused.message)" lds.json
  equal "configuration in force" "$(sidecar_status "$address" .config.applied)" "$good"
  id=$(new_request_id)
  equal "answer" "$(answer_code -H "x-request-id: $id" "http://$address:8080/trace/1")" 200
  traces_of "$id" 'service1 SERVER > service1 CLIENT > service2 SERVER'
  write_lds "$lds"
  await 120 "the good one to be applied again" status_is "$address" .config.state applied
done
