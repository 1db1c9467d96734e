package io.sidetrace.sidecar.trace;

import java.util.List;

/// Who decides whether a trace that begins here is recorded.
public sealed interface SamplerChoice {

  /// Envoy's shares of `x-request-id`.
  record RequestId() implements SamplerChoice {}

  /// Every trace is.
  record AlwaysOn() implements SamplerChoice {}

  /// The trace's own id, so that all who see it come to the same answer: `numerator` of each
  /// `denominator` ids.
  record TraceIdRatio(int numerator, int denominator) implements SamplerChoice {
    public TraceIdRatio {
      if (numerator < 0 || denominator < 1 || numerator > denominator) {
        throw new IllegalArgumentException(
            "ratio: " + numerator + " of " + denominator + " (expected: 0..denominator)");
      }
    }
  }

  /// X-Ray's rules, of which the first that matches counts.
  ///
  /// @param otherwise the rule for requests that none matches
  record XRayRules(List<XRayRule> rules, XRayRule otherwise) implements SamplerChoice {
    public XRayRules {
      rules = List.copyOf(rules);
    }
  }

  /// What X-Ray takes of the requests of one kind: the first of each second, and a share of the
  /// rest.
  ///
  /// The texts are patterns in which `*` stands for any characters and `?` for one.
  ///
  /// @param fixedTarget requests a second
  /// @param rate 0 to 1
  record XRayRule(String host, String method, String path, int fixedTarget, double rate) {
    public XRayRule {
      if (fixedTarget < 0) {
        throw new IllegalArgumentException("fixed target: " + fixedTarget + " (expected: >= 0)");
      }
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("rate: " + rate + " (expected: 0..1)");
      }
    }
  }
}
