# shellcheck shell=bash
# A malformed b3 harms no request: it begins a trace of its own, and is counted.
make_namespace
traced_services
address=$(address_of service1)
before=$(metric "$address" sidetrace_malformed_contexts_total)
for b3 in zz-11 463ac35c9f6413ad48485a3953bb6124-0020000000000001-maybe 463ac35c9f6413ad-zzzzzzzzzzzzzzzz-1; do
  id=$(new_request_id)
  equal "answer to b3: $b3" "$(answer_code -H "b3: $b3" -H "x-request-id: $id" "http://$address:8080/trace/1")" 200
  traces_of "$id" 'service1 SERVER > service1 CLIENT > service2 SERVER'
done
equal "malformed contexts counted" $(($(metric "$address" sidetrace_malformed_contexts_total) - before)) 3
