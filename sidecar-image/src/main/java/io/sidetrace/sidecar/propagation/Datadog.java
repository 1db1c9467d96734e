package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.TraceOnly;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Datadog's fields `x-datadog-…`: identifiers are decimal, the trace's of 64 bits; its high half
/// is a tag of the trace.
final class Datadog implements ContextFormat {
  static final String FORMAT = "datadog";

  private static final String TRACE_ID = "x-datadog-trace-id";
  private static final String PARENT_ID = "x-datadog-parent-id";
  private static final String PRIORITY = "x-datadog-sampling-priority";
  private static final String ORIGIN = "x-datadog-origin";
  private static final String TAGS = "x-datadog-tags";
  private static final List<String> FIELDS = List.of(TRACE_ID, PARENT_ID, PRIORITY, ORIGIN, TAGS);

  /// Decided by a sampler, or by a person or a rule; above zero the trace is kept.
  private static final int PERSON_DROPS = -1;

  private static final int SAMPLER_DROPS = 0;
  private static final int SAMPLER_KEEPS = 1;
  private static final int PERSON_KEEPS = 2;

  /// Digits of a priority: there are four of them, of one digit.
  private static final int MAX_PRIORITY_DIGITS = 2;

  @Override
  public String name() {
    return FORMAT;
  }

  /// A parent of 0, or none, is a trace without a span yet: synthetic tests begin so.
  @Override
  public Extracted extract(ReceivedRequest request) {
    String traceId = request.first(TRACE_ID);
    String parentId = request.first(PARENT_ID);
    if (traceId == null && parentId == null) {
      return Extracted.Absent.INSTANCE;
    }
    Integer priority = priority(request.first(PRIORITY));
    Sampling sampling = priority == null ? Sampling.DEFERRED : sampling(priority);
    Malformation reason = refuse(traceId, parentId);
    if (reason != null || traceId == null) {
      return new Malformed(
          FORMAT, reason == null ? Malformation.TRACE_ID_MISSING : reason, sampling);
    }
    String tags = orEmpty(request.first(TAGS));
    var id = new TraceId(DatadogTags.highHalf(tags), Decimal.parse(traceId));
    var remark =
        new Remark.Datadog(
            priority == null ? SAMPLER_DROPS : priority, orEmpty(request.first(ORIGIN)), tags);
    long spanId = parentId == null ? 0 : Decimal.parse(parentId);
    return spanId == 0
        ? new TraceOnly(id, sampling, remark)
        : new Context(new TraceContext(id, spanId, 0, sampling, remark));
  }

  private static @Nullable Malformation refuse(
      @Nullable String traceId, @Nullable String parentId) {
    if (traceId == null) {
      return Malformation.TRACE_ID_MISSING;
    }
    Decimal.Problem problem = Decimal.problem(traceId);
    if (problem != null) {
      return switch (problem) {
        case NO_NUMBER -> Malformation.TRACE_ID_NOT_DECIMAL;
        case TOO_LARGE -> Malformation.TRACE_ID_LENGTH;
      };
    }
    if (Decimal.parse(traceId) == 0) {
      return Malformation.TRACE_ID_ZERO;
    }
    Decimal.Problem problemOfParent = parentId == null ? null : Decimal.problem(parentId);
    if (problemOfParent == null) {
      return null;
    }
    return switch (problemOfParent) {
      case NO_NUMBER -> Malformation.SPAN_ID_NOT_DECIMAL;
      case TOO_LARGE -> Malformation.SPAN_ID_LENGTH;
    };
  }

  /// What is no number says nothing, as in Datadog's own libraries.
  private static @Nullable Integer priority(@Nullable String text) {
    if (text == null) {
      return null;
    }
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.length() > MAX_PRIORITY_DIGITS || Decimal.problem(digits) != null) {
      return null;
    }
    int number = (int) Decimal.parse(digits);
    return negative ? -number : number;
  }

  private static Sampling sampling(int priority) {
    if (priority >= PERSON_KEEPS) {
      return Sampling.DEBUG;
    }
    return priority >= SAMPLER_KEEPS ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    if (!NarrowTraceId.fits(context.traceId(), FIELDS, request, upstream)) {
      return;
    }
    Remark.Datadog remark = remark(context, request);
    upstream.set(TRACE_ID, Decimal.format(context.traceId().low()));
    upstream.set(PARENT_ID, Decimal.format(context.spanId()));
    update(PRIORITY, priority(context, remark), request, upstream);
    update(ORIGIN, remark == null ? "" : remark.origin(), request, upstream);
    String tags = remark == null ? "" : remark.tags();
    update(TAGS, DatadogTags.withHighHalf(tags, context.traceId().high()), request, upstream);
  }

  /// What is said of the trace that goes on, though another format was understood first.
  private Remark.@Nullable Datadog remark(TraceContext context, ReceivedRequest request) {
    if (context.remark() instanceof Remark.Datadog datadog) {
      return datadog;
    }
    return switch (extract(request)) {
      case Context(TraceContext other) -> remark(context, other.traceId(), other.remark());
      case TraceOnly(TraceId traceId, _, Remark remark) -> remark(context, traceId, remark);
      case Extracted.SamplingOnly _, Extracted.Absent _, Malformed _ -> null;
    };
  }

  private static Remark.@Nullable Datadog remark(
      TraceContext context, TraceId traceId, @Nullable Remark remark) {
    boolean same = traceId.isSameTraceAs(context.traceId());
    return same && remark instanceof Remark.Datadog datadog ? datadog : null;
  }

  /// The priority that came, unless it was decided otherwise since. A root that is not sampled is
  /// so by a rule of ours, as in Envoy.
  private static String priority(TraceContext context, Remark.@Nullable Datadog remark) {
    Sampling sampling = context.sampling();
    if (sampling == Sampling.DEFERRED) {
      return "";
    }
    if (remark != null && sampling(remark.priority()).recorded() == sampling.recorded()) {
      return String.valueOf(remark.priority());
    }
    boolean root = context.parentId() == 0;
    int priority =
        switch (sampling) {
          case DEBUG -> PERSON_KEEPS;
          case SAMPLED -> SAMPLER_KEEPS;
          case NOT_SAMPLED, DEFERRED -> root ? PERSON_DROPS : SAMPLER_DROPS;
        };
    return String.valueOf(priority);
  }

  /// A field that is right as it came stays as it came.
  private static void update(
      String name, String value, ReceivedRequest request, HeaderWriter upstream) {
    String received = request.first(name);
    if (value.isEmpty() && received != null) {
      upstream.remove(name);
    } else if (!value.isEmpty() && !value.equals(received)) {
      upstream.set(name, value);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
