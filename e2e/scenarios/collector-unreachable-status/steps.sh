# shellcheck shell=bash
# A collector that no sidecar reaches is told by its TracingConfig, from what their exports met; and so is that it is mended.
make_namespace
apply config.yaml
programmed
services
address=$(address_of service1)

condition_is() { [ "$(condition sandbox CollectorReachable)" = "$1" ]; }
spans() { curl -sS -o /dev/null -m 60 "http://$address:8080/alone?n=[1-20]"; }

await 60 "no export to be known" condition_is "Unknown NothingExported"
spans
await 90 "the collector to be known as unreachable" condition_is "False Unreachable"
contains "message" "$(config_status sandbox '.conditions[] | select(.type == "CollectorReachable").message')" "has not arrived: "
config_status sandbox '.conditions[] | select(.type == "CollectorReachable").message'

kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml" >/dev/null
await 60 "the edit to be applied" pods_are sandbox '{"current":2,"injected":2,"matched":2,"missing":0,"outdated":0,"unknown":0}'
spans
await 90 "the collector to be known as reachable" condition_is "True Reachable"
