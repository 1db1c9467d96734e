# shellcheck shell=bash
# A TracingConfig without a provider, with two, or with one that is not there yet is refused at apply, with what is expected.
make_namespace

refused() { # PROVIDER WHAT
  local told
  if told=$(apply - <<Y
apiVersion: sidetrace.io/v1alpha1
kind: TracingConfig
metadata: { name: refused }
spec: { provider: $1, collector: { name: zipkin, service: { name: zipkin, port: 9411 } } }
Y
  ); then
    fail "provider: $1 was accepted (expected: refused)"
  fi
  contains "refusal of provider: $1" "$told" "$2"
}

refused '{}' "expected: exactly one"
refused '{ zipkin: {}, jaeger: {} }' "zipkin jaeger (expected: exactly one"
refused '{ jaeger: {} }' "jaeger is not supported yet (expected: zipkin)"
equal "TracingConfigs" "$(kubectl get tracingconfigs -n "$namespace" -o name)" ""
