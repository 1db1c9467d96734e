# shellcheck shell=bash
# One request through the three hops is one trace of four spans; without the copying of headers it is two.
make_namespace
sandbox_behind_gateway /api/v2/spans
whole_trace_of_one_request

kubectl set env -n "$namespace" deployment/service1 COPY_HEADERS=false >/dev/null
rolled_out "$namespace" service1
await 30 "service 1 not to copy" kubectl wait -n "$namespace" --for=delete --timeout=25s "pod/$service1_pod"
await 30 "steady answers of the new pod" answers_steadily "http://$gateway/alone"
id=$(new_request_id)
curl --fail-with-body -sS -m 10 -H "x-request-id: $id" "http://$gateway/trace/1"
# The second half has a request id of its own: only the first is found by the one that was sent.
traces_of "$id" 'front-proxy CLIENT > service1 SERVER'
