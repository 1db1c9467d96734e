package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.propagation.Extracted.TraceOnly;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// Reads `Root=…;Parent=…;Sampled=…` in one pass, in any order and with other fields among them.
final class XRayParser {
  static final String FORMAT = "xray";

  /// AWS gives no bound; its own fields take some 250 characters. What is longer is no context.
  private static final int MAX_LENGTH = 2048;

  /// `1-` and 8, `-` and 24 digits.
  private static final int ROOT_LENGTH = 35;

  private static final int TIME = 2;
  private static final int UNIQUE = 11;

  private final String text;
  private final StringBuilder others = new StringBuilder();
  private @Nullable TraceId root;
  private long parent;
  private Sampling sampling = Sampling.DEFERRED;
  private @Nullable Malformation problem;

  private XRayParser(String text) {
    this.text = text;
  }

  static XRayParser parse(String text) {
    var parser = new XRayParser(text);
    if (text.isEmpty()) {
      parser.problem = Malformation.EMPTY;
    } else if (text.length() > MAX_LENGTH) {
      parser.problem = Malformation.TOO_LONG;
    } else {
      parser.readFields();
    }
    return parser;
  }

  Extracted extracted() {
    if (problem != null) {
      return new Malformed(FORMAT, problem, sampling);
    }
    if (root != null) {
      return parent == 0
          ? new TraceOnly(root, sampling, null)
          : new Context(new TraceContext(root, parent, 0, sampling));
    }
    if (parent != 0 || sampling == Sampling.DEFERRED) {
      return new Malformed(FORMAT, Malformation.TRACE_ID_MISSING, sampling);
    }
    return new SamplingOnly(sampling);
  }

  /// What was said beside the context, `;` before each field; empty when it was said of another
  /// trace.
  String othersOf(TraceId traceId) {
    boolean same = problem == null && root != null && root.isSameTraceAs(traceId);
    return same ? others.toString() : "";
  }

  private void readFields() {
    int at = 0;
    while (at < text.length()) {
      int semicolon = text.indexOf(';', at);
      int end = semicolon < 0 ? text.length() : semicolon;
      readField(text.substring(at, end).strip());
      at = end + 1;
    }
  }

  private void readField(String field) {
    if (field.startsWith("Root=")) {
      readRoot(field.substring("Root=".length()));
    } else if (field.startsWith("Parent=")) {
      readParent(field.substring("Parent=".length()));
    } else if (field.startsWith("Sampled=")) {
      sampling = sampling(field.substring("Sampled=".length()));
    } else if (field.indexOf('=') > 0) {
      others.append(';').append(field);
    } else if (!field.isEmpty()) {
      refuse(Malformation.TRAILING_TEXT);
    }
  }

  private void readRoot(String value) {
    if (value.isEmpty()) {
      refuse(Malformation.TRACE_ID_MISSING);
    } else if (!value.startsWith("1-")) {
      refuse(Malformation.VERSION_UNKNOWN);
    } else if (value.length() != ROOT_LENGTH || value.charAt(UNIQUE - 1) != '-') {
      refuse(Malformation.TRACE_ID_LENGTH);
    } else {
      readDigits(value.substring(TIME, UNIQUE - 1) + value.substring(UNIQUE));
    }
  }

  private void readDigits(String digits) {
    if (!Hex.isHex(digits)) {
      refuse(Malformation.TRACE_ID_NOT_HEX);
    } else if (Hex.isZero(digits, 0, digits.length())) {
      refuse(Malformation.TRACE_ID_ZERO);
    } else {
      root = new TraceId(Hex.parse(digits, 0), Hex.parse(digits, 16));
    }
  }

  private void readParent(String value) {
    if (value.length() != 16) {
      refuse(Malformation.SPAN_ID_LENGTH);
    } else if (!Hex.isHex(value)) {
      refuse(Malformation.SPAN_ID_NOT_HEX);
    } else if (Hex.isZero(value, 0, 16)) {
      refuse(Malformation.SPAN_ID_ZERO);
    } else {
      parent = Hex.parse(value, 0);
    }
  }

  /// `?` asks whoever receives it to decide; so does what is not known.
  private static Sampling sampling(String value) {
    return switch (value) {
      case "1" -> Sampling.SAMPLED;
      case "0" -> Sampling.NOT_SAMPLED;
      default -> Sampling.DEFERRED;
    };
  }

  private void refuse(Malformation reason) {
    problem = problem == null ? reason : problem;
  }
}
