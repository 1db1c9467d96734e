package io.sidetrace.sidecar.tracing;

/// The names of the fields that tracing reads or changes, in lower case.
final class Headers {
  static final String REQUEST_ID = "x-request-id";
  static final String CLIENT_TRACE_ID = "x-client-trace-id";
  static final String FORCE_TRACE = "x-envoy-force-trace";
  static final String DECORATOR_OPERATION = "x-envoy-decorator-operation";
  static final String DOWNSTREAM_CLUSTER = "x-envoy-downstream-service-cluster";
  static final String DOWNSTREAM_NODE = "x-envoy-downstream-service-node";
  static final String ORIGINAL_PATH = "x-envoy-original-path";
  static final String FORWARDED_FOR = "x-forwarded-for";
  static final String FORWARDED_PROTO = "x-forwarded-proto";
  static final String USER_AGENT = "user-agent";

  private Headers() {}
}
