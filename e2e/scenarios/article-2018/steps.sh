# shellcheck shell=bash
# A gateway on a configuration in the form of 2018 (bootstrap tracing, envoy.zipkin, lower-case enums, hosts) begins the same trace.
make_namespace
sandbox_behind_gateway /api/v1/spans "$sandbox/front-proxy/front-proxy-2018.yaml"
whole_trace_of_one_request
