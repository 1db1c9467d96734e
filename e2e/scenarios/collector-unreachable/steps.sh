# shellcheck shell=bash
# With a collector that cannot be reached no request is lost, and every span is accounted for.
make_namespace
apply config.yaml
programmed
services
address=$(address_of service1)
requests=500

some_dropped() { [ "$(sidecar_status "$address" '[.spans.dropped[]] | add // 0')" -gt 0 ]; }

codes=$(curl -sS -o /dev/null -m 60 -w '%{http_code}\n' "http://$address:8080/alone?n=[1-$requests]")
equal "answers of 200" "$(grep -c '^200$' <<<"$codes")" "$requests"
await 120 "spans to be dropped" some_dropped
equal "started - exported - dropped - queued" "$(sidecar_status "$address" '.spans | .started - .exported - .queued - ([.dropped[]] | add)')" 0
equal "spans exported" "$(sidecar_status "$address" .spans.exported)" 0
figure "$(sidecar_status "$address" '.spans | "\(.started) started, dropped \(.dropped)"')"
