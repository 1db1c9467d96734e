# shellcheck shell=bash
# An agent on the pod's own node gets spans through a Service with internalTrafficPolicy Local: X-Ray's datagrams, then Zipkin's posts.
make_namespace
apply agent.yaml config.yaml >/dev/null
kubectl rollout status -n "$namespace" daemonset/agent --timeout=60s >/dev/null
programmed
services
address=$(address_of service1)

agent_said() { kubectl logs -n "$namespace" daemonset/agent --tail=-1 | grep -- "$1"; }
said() {
  curl -fsS -m 10 -o /dev/null "http://$address:8080/alone"
  agent_said "$1" >/dev/null
}

await 60 "a segment by a datagram" said '^datagram {"format":"json","version":1} .*"name":"shop"'
equal "spans dropped" "$(sidecar_status "$address" '[.spans.dropped[]] | add // 0')" 0

sed 's|provider: .*|provider: { zipkin: {} }|; s|port: 2000|port: 9411|' "$folder/config.yaml" | apply -
await 90 "a span by a post" said '^post /api/v2/spans .*"serviceName":"service1"'
equal "spans dropped" "$(sidecar_status "$address" '[.spans.dropped[]] | add // 0')" 0
