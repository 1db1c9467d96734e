# shellcheck shell=bash
# A TracingConfig that cannot work is refused at apply, with the field, what came and what is expected; one for every provider is taken.
make_namespace

# What the API server says of a spec, without keeping it.
judge() {
  kubectl apply --dry-run=server -n "$namespace" -f - 2>&1 <<Y
apiVersion: sidetrace.io/v1alpha1
kind: TracingConfig
metadata: { name: judged }
spec: { $1 }
Y
}

refused() { # SPEC FIELD WHAT
  local told
  if told=$(judge "$1"); then
    fail "$1 was accepted (expected: refused)"
  fi
  contains "refusal of $1" "$told" "$2: "
  contains "refusal of $1" "$told" "$3"
}

taken() { # SPEC
  local told
  told=$(judge "$1") || fail "$1 was refused: $told (expected: taken)"
  echo "ok: taken: $1"
}

provider_refused() { refused "provider: $1, $collector" "spec.provider$2" "$3"; }
provider_taken() { taken "provider: $1, $collector"; }
sampling_refused() { refused "sampling: $1, provider: { zipkin: {} }, $collector" "spec.sampling$2" "$3"; }
propagation_refused() { refused "propagation: $1, provider: { zipkin: {} }, $collector" "spec.propagation$2" "$3"; }
collector_refused() { refused "provider: { zipkin: {} }, collector: { service: { name: c, port: 9411 }, $1 }" "spec.collector$2" "$3"; }

collector='collector: { service: { name: collector, port: 4317 } }'
secret='credentials: { secretName: token }'
seven='zipkin, jaeger, opentelemetry, datadog, skywalking, xray and lightstep'

# Exactly one provider.
provider_refused '{}' '' "none (expected: exactly one of $seven"
provider_refused '{ zipkin: {}, jaeger: {} }' '' "zipkin jaeger (expected: exactly one of $seven"
provider_refused '{ datadog: {}, xray: {}, lightstep: {} }' '' "datadog xray lightstep (expected: exactly one"

# Zipkin: endpoint and version must fit.
provider_taken '{ zipkin: {} }'
provider_taken '{ zipkin: { collectorEndpoint: /api/v1/spans } }'
provider_taken '{ zipkin: { collectorEndpointVersion: HTTP_JSON_V1 } }'
provider_taken '{ zipkin: { collectorEndpoint: /zipkin/spans, collectorEndpointVersion: HTTP_PROTO, traceContextOption: USE_B3_WITH_W3C_PROPAGATION, timestampTraceIds: true, traceId128Bit: true } }'
provider_refused '{ zipkin: { collectorEndpoint: /api/v1/spans, collectorEndpointVersion: HTTP_JSON } }' .zipkin.collectorEndpointVersion \
  'HTTP_JSON with collectorEndpoint /api/v1/spans (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)'
provider_refused '{ zipkin: { collectorEndpoint: /zipkin/api/v1/spans, collectorEndpointVersion: HTTP_PROTO } }' .zipkin.collectorEndpointVersion \
  'HTTP_PROTO with collectorEndpoint /zipkin/api/v1/spans (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)'
provider_refused '{ zipkin: { collectorEndpoint: /api/v2/spans, collectorEndpointVersion: HTTP_JSON_V1 } }' .zipkin.collectorEndpoint \
  '/api/v2/spans with collectorEndpointVersion HTTP_JSON_V1 (expected: /api/v1/spans, or collectorEndpointVersion HTTP_JSON or HTTP_PROTO)'
provider_refused '{ zipkin: { collectorEndpoint: api/v2/spans } }' .zipkin.collectorEndpoint 'api/v2/spans (expected: a path that starts with /'
provider_refused '{ zipkin: { collectorHostname: "a b" } }' .zipkin.collectorHostname 'a b (expected: a host name'
provider_refused '{ zipkin: { collectorEndpointVersion: HTTP_XML } }' .zipkin.collectorEndpointVersion 'Unsupported value: "HTTP_XML"'

# Jaeger: fields that fit its protocol.
provider_taken '{ jaeger: {} }'
provider_taken '{ jaeger: { protocol: OTLP_HTTP, path: /jaeger/v1/traces, timeout: 500ms } }'
provider_taken '{ jaeger: { protocol: ZIPKIN, traceId128Bit: true } }'
provider_refused '{ jaeger: { path: /v1/traces } }' .jaeger.path '/v1/traces with protocol OTLP_GRPC (expected: none, or protocol OTLP_HTTP or ZIPKIN)'
provider_refused '{ jaeger: { traceId128Bit: true } }' .jaeger.traceId128Bit 'true with protocol OTLP_GRPC (expected: none'
provider_refused '{ jaeger: { protocol: ZIPKIN, timeout: 1s } }' .jaeger.timeout '1s with protocol ZIPKIN (expected: none'

# OpenTelemetry: headers, attributes, samplers.
provider_taken '{ opentelemetry: {} }'
provider_taken '{ opentelemetry: { protocol: HTTP, path: /otlp/v1/traces, timeout: 3s, headers: [{ name: x-scope-orgid, value: shop }], resourceAttributes: { deployment.environment.name: test } } }'
provider_taken '{ opentelemetry: { sampler: { type: ALWAYS_ON } } }'
provider_taken '{ opentelemetry: { sampler: { type: PARENT_BASED, ratio: 0.5 } } }'
provider_taken '{ opentelemetry: { sampler: { type: TRACE_ID_RATIO, ratio: 0.000001 } } }'
provider_refused '{ opentelemetry: { path: /v1/traces } }' .opentelemetry.path '/v1/traces with protocol GRPC (expected: none, or protocol HTTP)'
provider_refused '{ opentelemetry: { timeout: 0s } }' .opentelemetry.timeout '0s (expected: a duration above 0'
provider_refused '{ opentelemetry: { headers: [{ name: Host, value: a }] } }' '.opentelemetry.headers[0].name' 'Host (expected: the name of a header in lower case'
provider_refused '{ opentelemetry: { headers: [{ name: te, value: a }] } }' '.opentelemetry.headers[0].name' 'te (expected: the name of a header'
provider_refused '{ opentelemetry: { headers: [{ name: a, value: "a\nb: c" }] } }' '.opentelemetry.headers[0].value' 'expected: visible characters'
provider_refused '{ opentelemetry: { headers: [{ name: a-bin, value: a }] } }' '.opentelemetry.headers[0].name' 'a-bin (expected: the name of a header'
provider_refused '{ opentelemetry: { resourceAttributes: { a: "" } } }' .opentelemetry.resourceAttributes 'an attribute without a name or a value'
provider_refused '{ opentelemetry: { sampler: { type: TRACE_ID_RATIO } } }' .opentelemetry.sampler.ratio 'none with TRACE_ID_RATIO (expected: 0 to 1)'
provider_refused '{ opentelemetry: { sampler: { type: ALWAYS_ON, ratio: 0.5 } } }' .opentelemetry.sampler.ratio 'expected: none, or type TRACE_ID_RATIO'
provider_refused '{ opentelemetry: { sampler: { type: TRACE_ID_RATIO, ratio: 1.5 } } }' .opentelemetry.sampler.ratio 'less than or equal to 1'
refused "sampling: { random: 10 }, provider: { opentelemetry: { sampler: { type: ALWAYS_ON } } }, $collector" spec.sampling \
  'given with provider.opentelemetry.sampler, which decides alone'

provider_taken '{ datadog: {} }'
provider_taken '{ datadog: { serviceName: shop, collectorHostname: "agent:8126" } }'
provider_refused '{ datadog: { collectorHostname: "a b" } }' .datadog.collectorHostname 'a b (expected: a host name'
taken "provider: { skywalking: { serviceName: shop } }, collector: { service: { name: oap, port: 11800 }, $secret }"

# X-Ray: a daemon that takes datagrams, and whose rules decide.
provider_taken '{ xray: {} }'
provider_taken '{ xray: { segmentName: shop, origin: "AWS::EKS::Container", samplingRuleManifest: "{\"version\": 2, \"default\": {\"fixed_target\": 1, \"rate\": 0.1}}" } }'
taken "sampling: { random: 10, rules: [{ path: { prefix: /static/ }, random: 0 }] }, provider: { xray: { samplingBy: TRACING_CONFIG } }, $collector"
provider_refused '{ xray: { samplingBy: TRACING_CONFIG, samplingRuleManifest: "{}" } }' .xray.samplingRuleManifest 'expected: none, or samplingBy XRAY'
refused "sampling: { random: 10 }, provider: { xray: {} }, $collector" spec.sampling 'given with provider.xray, whose own rules decide'
refused "sampling: { rules: [{ headers: [{ name: a }], random: 1 }] }, provider: { xray: { samplingBy: TRACING_CONFIG } }, $collector" \
  spec.sampling.rules 'expected: path.exact, path.prefix and method'
refused "provider: { xray: {} }, collector: { service: { name: x, port: 2000 }, $secret }" spec.collector.credentials 'given with xray'
refused "provider: { xray: {} }, collector: { service: { name: x, port: 2000 }, tls: { ca: { secretName: a } } }" spec.collector.tls 'given with xray'

refused "provider: { datadog: {} }, collector: { service: { name: x, port: 1 }, compression: GZIP }" spec.collector.compression 'expected: NONE'
taken "provider: { opentelemetry: {} }, collector: { service: { name: x, port: 1 }, compression: GZIP }"

# LightStep wants its access token.
taken "provider: { lightstep: {} }, collector: { service: { name: satellite, port: 8184 }, $secret }"
refused "provider: { lightstep: {} }, $collector" spec.collector.credentials 'none with lightstep (expected: the Secret with its access token)'
refused "provider: { lightstep: { path: /v1/traces } }, collector: { service: { name: s, port: 1 }, $secret }" spec.provider.lightstep.path \
  '/v1/traces with protocol GRPC (expected: none, or protocol HTTP)'

# TLS and credentials name Secrets; what is in them nobody asks.
taken "provider: { zipkin: {} }, collector: { service: { name: c, port: 9411 }, tls: { sni: zipkin.example.com, ca: { secretName: ca, key: bundle.pem }, clientCertificate: { secretName: mine } }, credentials: { secretName: t, key: k, header: x-token, prefix: 'Basic ' } }"
collector_refused 'tls: {}' .tls.ca 'Required value'
collector_refused 'tls: { ca: { secretName: A_b } }' .tls.ca.secretName 'A_b (expected: the name of a Secret'
collector_refused 'tls: { sni: "a b", ca: { secretName: a } }' .tls.sni 'a b (expected: a DNS name'
collector_refused 'credentials: {}' .credentials.secretName 'Required value'
collector_refused 'credentials: { secretName: a, key: a/b }' .credentials.key 'a/b (expected: a key of a Secret'
collector_refused 'credentials: { secretName: a, header: Content-Type }' .credentials.header 'Content-Type (expected: the name of a header'

# Propagation: known formats, each once.
taken "propagation: { extract: [b3, b3multi, tracecontext, baggage, jaeger, datadog, xray, sw8, lightstep, ottrace], inject: [tracecontext, baggage, b3], injectUnsampled: false }, provider: { zipkin: {} }, $collector"
propagation_refused '{ extract: [w3c] }' '.extract[0]' 'Unsupported value: "w3c"'
propagation_refused '{ inject: [b3, tracecontext, b3] }' .inject 'a format twice (expected: each format once)'
propagation_refused '{ inject: [baggage] }' .inject 'baggage alone'
propagation_refused '{ extract: [] }' .extract 'should have at least 1 items'

# Sampling: a limit, and rules.
taken "sampling: { tracesPerSecond: 10, followParent: false, rules: [{ path: { exact: /healthz }, random: 0 }, { path: { regex: '/users/[0-9]+' }, method: GET, headers: [{ name: x-tenant, exact: gold }, { name: x-debug }], random: 12.5 }] }, provider: { zipkin: {} }, $collector"
sampling_refused '{ tracesPerSecond: 0 }' .tracesPerSecond 'greater than or equal to 1'
sampling_refused '{ rules: [{ random: 1 }] }' '.rules[0]' 'nothing that a request must have (expected: path, method or headers)'
sampling_refused '{ rules: [{ method: GET }] }' '.rules[0].random' 'Required value'
sampling_refused '{ rules: [{ method: G T, random: 1 }] }' '.rules[0].method' 'G T (expected: a method such as GET)'
sampling_refused '{ rules: [{ path: {}, random: 1 }] }' '.rules[0].path' 'expected: exactly one of exact, prefix and regex'
sampling_refused '{ rules: [{ path: { prefix: "/a?b" }, random: 1 }] }' '.rules[0].path.prefix' '/a?b (expected: a path that starts with /'
sampling_refused '{ rules: [{ path: { regex: "/(a" }, random: 1 }] }' '.rules[0].path' 'expected: one in the syntax of RE2'
sampling_refused '{ rules: [{ path: { regex: "/(?=a)" }, random: 1 }] }' '.rules[0].path' 'expected: one in the syntax of RE2'
sampling_refused '{ rules: [{ headers: [{ name: a, exact: b, prefix: c }], random: 1 }] }' '.rules[0].headers[0]' 'a: several (expected: at most one'

equal "TracingConfigs" "$(kubectl get tracingconfigs -n "$namespace" -o name)" ""
