# shellcheck shell=bash
# Pods run before their collector's Secret is there, send spans when it came, and it is seen in no log, page, event, patch or span.
# seconds: 420
make_namespace
apply config.yaml
programmed
services
address=$(address_of service1)
pod=$(pod_of service1)
token=canary-$(new_request_id)
encoded=$(printf '%s' "$token" | base64 -w 0)

says() { sidecar_status "$address" .lastExport.outcome | grep -q -- "$1"; }
some_exported() { curl -fsS -m 10 -o /dev/null "http://$address:8080/alone" && [ "$(sidecar_status "$address" .spans.exported)" -gt 0 ]; }

curl -fsS -m 10 -o /dev/null "http://$address:8080/alone"
await 30 "the missing credential in /status" says /etc/sidetrace/credentials/token
equal "spans exported without it" "$(sidecar_status "$address" .spans.exported)" 0

kubectl create secret generic collector-token -n "$namespace" --from-literal=token="$token" >/dev/null
began=$SECONDS
await 150 "spans to be sent with the Secret" some_exported
figure "spans are sent $((SECONDS - began)) s after the Secret came"

everything() {
  local of
  kubectl get pods,configmaps,deployments,replicasets,tracingconfigs,events -n "$namespace" -o yaml --show-managed-fields
  kubectl get pods,configmaps,leases,events -n "$operator_namespace" -o yaml --show-managed-fields
  for of in service1 service2; do kubectl logs -n "$namespace" "deployment/$of" --all-containers --tail=-1; done
  kubectl logs -n "$operator_namespace" -l app.kubernetes.io/name=sidetrace --all-containers --tail=-1
  curl -fsS -m 10 "http://$address:15020/status"
  curl -fsS -m 10 "http://$address:15020/metrics"
  pages
  curl -fsS -m 10 "$zipkin/api/v2/traces?limit=100&lookback=600000"
}

# The admin pages are on the pod's loopback address alone.
pages() {
  local port=21500 forward
  kubectl port-forward -n "$namespace" "pod/$pod" "$port:15000" >/dev/null 2>&1 &
  forward=$!
  await 20 "the admin port" curl -fsS -m 5 -o /dev/null "http://127.0.0.1:$port/ready" >&2
  for page in config_dump clusters stats stats/prometheus; do curl -fsS -m 10 "http://127.0.0.1:$port/$page"; done
  kill "$forward"
}

everything=$(everything)
searched() { grep -q -- "$1" <<<"$everything" || fail "what is searched has no $1 (expected: $2)"; }
searched /etc/sidetrace/credentials/token "the dump of the configuration"
searched '^sidetrace_' "the sidecar's metrics"
searched 'kind: Event' "events"
searched sidetrace.io/status "what the webhook's patch wrote"
searched '"localEndpoint"' "spans in Zipkin"
equal "lines with the token" "$(grep -c -- "$token" <<<"$everything" || :)" 0
equal "lines with the token as a Secret has it" "$(grep -c -- "$encoded" <<<"$everything" || :)" 0
figure "$(wc -l <<<"$everything") lines searched"
