package io.sidetrace.sidecar.export.datadog;

import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.TraceContext;

/// What Datadog says of a trace as a whole.
final class TraceTags {
  static final String HIGH_HALF = "_dd.p.tid";

  /// Only these travel from span to agent.
  private static final String PROPAGATED = "_dd.p.";

  private static final int DROP = 0;
  private static final int KEEP = 1;
  private static final int KEEP_FOR_A_PERSON = 2;

  private TraceTags() {}

  /// The priority that came or was decided here, unless the span was sampled otherwise since.
  static int priority(TraceContext context) {
    boolean kept = context.sampling().recorded();
    if (context.remark() instanceof Remark.Datadog remark && remark.priority() > 0 == kept) {
      return remark.priority();
    }
    return switch (context.sampling()) {
      case DEBUG -> KEEP_FOR_A_PERSON;
      case SAMPLED -> KEEP;
      case NOT_SAMPLED, DEFERRED -> DROP;
    };
  }

  /// Writes the tags of a list `key=value,key=value`, but for the high half of the identifier,
  /// which is told by the identifier itself. What is no pair, or no such tag, is passed over.
  ///
  /// @return how many entries that were
  static int write(String tags, MsgpackBuffer span) {
    int entries = 0;
    int from = 0;
    while (from < tags.length()) {
      int comma = tags.indexOf(',', from);
      int end = comma < 0 ? tags.length() : comma;
      int equals = tags.indexOf('=', from);
      if (equals > from && equals < end) {
        entries += write(tags.substring(from, equals), tags.substring(equals + 1, end), span);
      }
      from = end + 1;
    }
    return entries;
  }

  private static int write(String key, String value, MsgpackBuffer span) {
    if (!key.startsWith(PROPAGATED) || key.equals(HIGH_HALF)) {
      return 0;
    }
    span.text(key).text(value);
    return 1;
  }
}
