package io.sidetrace.sidecar.export.otlp;

/// The numbers of OTLP's fields, by their messages: opentelemetry-proto 1, stable.
final class Fields {
  // ExportTraceServiceRequest and ExportTraceServiceResponse
  static final int REQUEST_RESOURCE_SPANS = 1;
  static final int RESPONSE_PARTIAL_SUCCESS = 1;

  // ExportTracePartialSuccess
  static final int PARTIAL_REJECTED = 1;
  static final int PARTIAL_MESSAGE = 2;

  // ResourceSpans and Resource
  static final int RESOURCE_SPANS_RESOURCE = 1;
  static final int RESOURCE_SPANS_SCOPE_SPANS = 2;
  static final int RESOURCE_ATTRIBUTE = 1;

  // ScopeSpans and InstrumentationScope
  static final int SCOPE_SPANS_SCOPE = 1;
  static final int SCOPE_SPANS_SPAN = 2;
  static final int SCOPE_NAME = 1;
  static final int SCOPE_VERSION = 2;

  // Span
  static final int SPAN_TRACE_ID = 1;
  static final int SPAN_ID = 2;
  static final int SPAN_TRACE_STATE = 3;
  static final int SPAN_PARENT_ID = 4;
  static final int SPAN_NAME = 5;
  static final int SPAN_KIND = 6;
  static final int SPAN_START = 7;
  static final int SPAN_END = 8;
  static final int SPAN_ATTRIBUTE = 9;
  static final int SPAN_EVENT = 11;
  static final int SPAN_STATUS = 15;
  static final int SPAN_FLAGS = 16;

  // Span.Event and Status
  static final int EVENT_TIME = 1;
  static final int EVENT_NAME = 2;
  static final int STATUS_CODE = 3;

  // KeyValue and AnyValue
  static final int KEY = 1;
  static final int VALUE = 2;
  static final int STRING_VALUE = 1;

  private Fields() {}
}
