# shellcheck shell=bash
# Connections that are not HTTP make spans: of TLS by the name asked for, of all else by where they went, refused ones as errors.
make_namespace
apply config.yaml
programmed
services
address=$(address_of service1)
sni=$(cut -c1-8 /proc/sys/kernel/random/uuid).example.com
raw() { python3 -B "$root/e2e/tools/raw.py" "$@"; }

spans_named() {
  curl -fsS -m 5 -G "$zipkin/api/v2/traces" --data-urlencode serviceName=service1 --data-urlencode "spanName=$1" | jq -c '[.[][]]'
}
there_is() { [ "$(spans_named "$1" | jq length)" -gt 0 ]; }
field() { spans_named "$1" | jq -r ".[0]$2"; }

# Service 1 speaks HTTP only; what it answers here is its own affair.
curl -sk -o /dev/null -m 5 --resolve "$sni:8080:$address" "https://$sni:8080/" || :
await 30 "the span of the TLS connection" there_is "$sni"
equal "kind" "$(field "$sni" .kind)" SERVER
equal "parent" "$(field "$sni" .parentId)" null
equal "tls.sni" "$(field "$sni" '.tags["tls.sni"]')" "$sni"
equal "connection.protocol" "$(field "$sni" '.tags["connection.protocol"]')" tls

raw "$address:8080" '*1\r\n\x244\r\nPING\r\n' >/dev/null
await 30 "the span of the TCP connection" there_is "$address:8080"
equal "connection.protocol" "$(field "$address:8080" '.tags["connection.protocol"]')" tcp
equal "request_size" "$(field "$address:8080" '.tags["request_size"]')" 14

raw "$address:9999" 'PING\r\n' >/dev/null
await 30 "the span of the refused connection" there_is "$address:9999"
equal "response_flags" "$(field "$address:9999" '.tags["response_flags"]')" UF
equal "error" "$(field "$address:9999" '.tags["error"]')" true

equal "started - exported - dropped - queued" "$(sidecar_status "$address" '.spans | .started - .exported - .queued - ([.dropped[]] | add)')" 0
