package io.sidetrace.sidecar.trace;

import java.util.Arrays;
import java.util.List;

/// The ways in which a context is written into headers.
public enum HeaderFormat {
  /// Zipkin's single field.
  B3("b3"),
  /// Zipkin's fields `x-b3-…`.
  B3MULTI("b3multi"),
  /// Either of Zipkin's; the answer goes out in the spelling that came, in the many where none did.
  /// A default only: nobody names it.
  B3_AS_RECEIVED("b3 as received"),
  /// W3C's `traceparent` and `tracestate`.
  TRACECONTEXT("tracecontext"),
  /// W3C's `baggage`, which says nothing of a trace.
  BAGGAGE("baggage"),
  /// Jaeger's `uber-trace-id`.
  JAEGER("jaeger"),
  /// Datadog's `x-datadog-…`.
  DATADOG("datadog"),
  /// AWS X-Ray's `x-amzn-trace-id`.
  XRAY("xray"),
  /// SkyWalking's `sw8`.
  SW8("sw8"),
  /// LightStep's `x-ot-span-context`.
  LIGHTSTEP("lightstep"),
  /// OpenTracing's `ot-tracer-…`.
  OTTRACE("ottrace");

  private final String label;

  HeaderFormat(String label) {
    this.label = label;
  }

  /// The name in configurations, metrics and answers to people.
  public String label() {
    return label;
  }

  /// Whether half of an identifier of 128 bits is lost in it.
  public boolean holds64BitsOnly() {
    return this == LIGHTSTEP || this == OTTRACE;
  }

  /// Those that a configuration may name.
  public static List<HeaderFormat> nameable() {
    return Arrays.stream(values()).filter(format -> format != B3_AS_RECEIVED).toList();
  }
}
