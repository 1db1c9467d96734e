#!/usr/bin/env bash
# Runs one scenario's steps in a namespace of its own, with the words that steps are written in. Started by e2e/run.
# shellcheck disable=SC2154  # root and keep come from e2e/run
set -euo pipefail
scenario=${1:?usage: scenario.sh NAME}
for part in say platform; do
  # shellcheck source=/dev/null
  . "$root/e2e/lib/$part.sh"
done
folder=$root/e2e/scenarios/$scenario
namespace=e2e-$scenario
repository=sidetrace.io
status_port=15020
use_embedded_cluster
zipkin=http://$(kubectl get service zipkin -n sandbox -o 'jsonpath={.spec.clusterIP}'):9411
trap 'finish $?' EXIT

finish() {
  local code=$1 undo
  trap - EXIT
  [ "$code" = 0 ] || diagnose "$namespace" || :
  for undo in "${undos[@]}"; do eval "$undo" || code=1; done
  [ -n "$keep" ] || kubectl delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null
  exit "$code"
}

# --- words for steps

undos=()
undo_at_end() { undos=("$*" "${undos[@]}"); }

# The figure is shown beside the scenario's name.
figure() { echo "figure: $*"; }

# equal WHAT ACTUAL EXPECTED
equal() {
  [ "$2" = "$3" ] || fail "$1: $2 (expected: $3)"
  echo "ok: $1 is $3"
}

# contains WHAT TEXT PART
contains() {
  [[ $2 == *"$3"* ]] || fail "$1: $2 (expected to contain: $3)"
  echo "ok: $1 has: $3"
}

# The namespace, privileged, and in it the name zipkin for the Zipkin that all scenarios share.
make_namespace() {
  kubectl delete namespace "$namespace" --ignore-not-found >/dev/null
  sed "s/name: sandbox/name: $namespace/" "$sandbox/manifests/00-namespace.yaml" | kubectl apply -f - >/dev/null
  kubectl create service externalname zipkin -n "$namespace" --external-name zipkin.sandbox.svc.cluster.local >/dev/null
}

# Files of the scenario's folder, or whatever comes on standard input for -.
apply() {
  local file
  for file in "$@"; do
    [ "$file" = - ] || file=$folder/$file
    sed "s|image: sidetrace.io/|image: $repository/|" "$file" | kubectl apply -n "$namespace" -f - 2>&1
  done
}

# The sandbox's TracingConfig, and both services behind it, ready.
traced_services() {
  kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml" >/dev/null
  programmed
  services
}

services() {
  manifest 30-services.yaml "$repository" | kubectl apply -n "$namespace" -f - >/dev/null
  rolled_out "$namespace" service1 service2
}

# sandbox_behind_gateway COLLECTOR_ENDPOINT [CONFIGURATION] : sets gateway to the address to send to, service1_pod to who is behind it.
sandbox_behind_gateway() {
  sandbox_services "$namespace" "$repository" "$@"
  rolled_out "$namespace" service1 service2 front-proxy
  gateway=$(kubectl get service front-proxy -n "$namespace" -o 'jsonpath={.spec.clusterIP}'):8000
  service1_pod=$(pod_of service1)
  await 30 "an answer of the gateway" curl -fsS -m 5 -H 'b3: 0' "http://$gateway/trace/1"
}

# The response is the article's, and its trace has the four spans.
whole_trace_of_one_request() {
  local id head
  id=$(new_request_id)
  head=$(curl -sS -m 10 -D - -H "x-request-id: $id" "http://$gateway/trace/1" | tr -d '\r')
  contains "response" "$head" "HTTP/1.1 200"
  contains "response" "${head,,}" "server: envoy"
  contains "response" "$head" "x-envoy-upstream-service-time: "
  contains "response" "$head" "Hello from behind Sidetrace (service 1)!"
  traces_of "$id" 'front-proxy CLIENT > service1 SERVER > service1 CLIENT > service2 SERVER'
}

programmed() { kubectl wait -n "$namespace" --for=condition=Programmed --timeout=60s tracingconfig/sandbox >/dev/null; }

pod_of() { kubectl get pods -n "$namespace" -l "app=$1" --field-selector=status.phase=Running -o 'jsonpath={.items[0].metadata.name}'; }

address_of() { kubectl get pods -n "$namespace" -l "app=$1" --field-selector=status.phase=Running -o 'jsonpath={.items[0].status.podIP}'; }

# sidecar_status ADDRESS FILTER : a field of the sidecar's own status.
sidecar_status() { curl -fsS -m 5 "http://$1:$status_port/status" | jq -r "$2"; }

status_is() { [ "$(sidecar_status "$1" "$2")" = "$3" ]; }

metric() { curl -fsS -m 5 "http://$1:$status_port/metrics" | awk -v name="$2" 'index($1, name) == 1 { sum += $2 } END { printf "%d\n", sum }'; }

# config_status TRACINGCONFIG FILTER : a field of its status, by a jq filter.
config_status() { kubectl get tracingconfig "$1" -n "$namespace" -o json | jq -r ".status | $2"; }

# pods_are TRACINGCONFIG COUNTS : as JSON with sorted keys.
pods_are() { [ "$(kubectl get tracingconfig "$1" -n "$namespace" -o json | jq -cS .status.pods)" = "$2" ]; }

# condition TRACINGCONFIG TYPE : its status and reason.
condition() { config_status "$1" ".conditions[] | select(.type == \"$2\") | \"\(.status) \(.reason)\""; }

# told KIND/NAME PATTERN : whether an event says that, reason before message.
told() {
  kubectl events -n "$namespace" --for "$1" -o json | jq -r '.items[] | "\(.reason) \(.note // .message)"' | grep -q -- "$2"
}

# controller_metric NAME : of the controller that leads.
controller_metric() {
  local address
  address=$(kubectl get pods -n "$operator_namespace" -l app.kubernetes.io/component=controller --field-selector=status.phase=Running \
    -o 'jsonpath={.items[0].status.podIP}')
  curl -fsS -m 5 "http://$address:8081/metrics" | awk -v name="$1" '$1 == name { print $2 }'
}

# answer_code ARGUMENTS OF CURL… : 000 when none came.
answer_code() { curl -sS -o /dev/null -m 10 -w '%{http_code}' "$@" || :; }

# Text of a UUID whose version digit says "sampled", as a gateway would write it there: so every hop leaves it as it is.
new_request_id() { sed 's/./9/15' /proc/sys/kernel/random/uuid; }

# traces_of REQUEST_ID CHAIN…
traces_of() {
  local id=$1
  shift
  python3 -B "$root/e2e/tools/trace.py" "$zipkin" expect --request-id "$id" "$@"
}

restarts_of() { # POD CONTAINER
  kubectl get pod -n "$namespace" "$1" -o json | jq "[.status.initContainerStatuses[], .status.containerStatuses[]] | map(select(.name == \"$2\"))[0].restartCount"
}

# The controller off: what it would mend or write stays as it is. It is put back when the scenario ends.
controller_off() {
  undo_at_end controller_on
  kubectl scale -n "$operator_namespace" deployment/sidetrace-controller --replicas=0 >/dev/null
  await 60 "the controller's pods to be gone" no_controller_pods
}

no_controller_pods() { [ -z "$(kubectl get pods -n "$operator_namespace" -l app.kubernetes.io/component=controller -o name)" ]; }

controller_on() {
  kubectl scale -n "$operator_namespace" deployment/sidetrace-controller --replicas=1 >/dev/null
  rolled_out "$operator_namespace" sidetrace-controller
}

# --- the steps
# shellcheck source=/dev/null
. "$folder/steps.sh"
