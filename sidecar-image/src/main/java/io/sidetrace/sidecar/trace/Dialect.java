package io.sidetrace.sidecar.trace;

import java.util.List;

/// How a tracing system wants its traces to be: what all of its spans have in common, before a word
/// of its wire format.
///
/// @param sharedSpanContext a SERVER span takes over its caller's span id
/// @param extract the formats that contexts are read in, the first that is understood wins
/// @param inject the formats that contexts are written in, all of them
/// @param sampler who decides where the parent rule leaves it to us
public record Dialect(
    TraceIds traceIds,
    boolean sharedSpanContext,
    SpanNaming naming,
    ParentRule parentRule,
    Unsampled unsampled,
    List<HeaderFormat> extract,
    List<HeaderFormat> inject,
    SamplerChoice sampler) {
  public Dialect {
    extract = List.copyOf(extract);
    inject = List.copyOf(inject);
  }

  /// A dialect in which Envoy's shares of `x-request-id` decide.
  public Dialect(
      TraceIds traceIds,
      boolean sharedSpanContext,
      SpanNaming naming,
      ParentRule parentRule,
      Unsampled unsampled,
      List<HeaderFormat> extract,
      List<HeaderFormat> inject) {
    this(
        traceIds,
        sharedSpanContext,
        naming,
        parentRule,
        unsampled,
        extract,
        inject,
        new SamplerChoice.RequestId());
  }

  /// The same, with new identifiers that each of the formats can hold: a service that copies only
  /// one of 64 bits would else begin another trace.
  public Dialect writing(List<HeaderFormat> formats) {
    boolean narrow = formats.stream().anyMatch(HeaderFormat::holds64BitsOnly);
    return narrow ? with(traceIds.of64Bits()) : this;
  }

  private Dialect with(TraceIds ids) {
    return new Dialect(
        ids, sharedSpanContext, naming, parentRule, unsampled, extract, inject, sampler);
  }

  /// The identifiers of new traces; a received one keeps its length.
  public enum TraceIds {
    /// The root span's own id.
    ROOT_SPAN_64,
    /// 64 random bits before the root span's own id.
    ROOT_SPAN_128,
    /// 128 random bits, apart from the root span's id.
    RANDOM_128,
    /// The time in seconds and 32 random bits.
    TIMESTAMPED_64,
    /// The time in seconds and 32 random bits before the root span's own id.
    TIMESTAMPED_128,
    /// The time in seconds and 32 zero bits before the root span's own id.
    TIMESTAMPED_ROOT_SPAN_128;

    /// Of 64 bits, unless the time in them is what counts.
    TraceIds of64Bits() {
      return switch (this) {
        case ROOT_SPAN_64, ROOT_SPAN_128, RANDOM_128, TIMESTAMPED_ROOT_SPAN_128 -> ROOT_SPAN_64;
        case TIMESTAMPED_64, TIMESTAMPED_128 -> this;
      };
    }
  }

  /// The name of a span that neither a decorator nor a format names.
  public enum SpanNaming {
    /// The authority that the request asks for.
    AUTHORITY,
    /// `ingress`, or `egress` and the authority.
    DIRECTION
  }

  /// Who decides about a request that came with a decision.
  public enum ParentRule {
    /// The decision that came.
    PARENT,
    /// Both: it is recorded when the decision that came and ours say so.
    BOTH,
    /// We do, whatever came.
    LOCAL
  }

  /// What becomes of spans that are not sampled.
  public enum Unsampled {
    DROPPED,
    /// They are sent as well: the collector counts them and drops them itself.
    SENT
  }
}
