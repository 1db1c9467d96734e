package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRule;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.function.LongSupplier;

/// X-Ray's rules, and what each has left of its second. Thread-safe.
record XRaySampler(List<Rule> rules, Rule otherwise) implements Sampler {
  private static final int TOSSES = 100;

  static XRaySampler of(SamplerChoice.XRayRules choice, LongSupplier nanoClock) {
    return new XRaySampler(
        choice.rules().stream().map(rule -> Rule.of(rule, nanoClock)).toList(),
        Rule.of(choice.otherwise(), nanoClock));
  }

  record Rule(XRayRule rule, Allowance target) {
    static Rule of(XRayRule rule, LongSupplier nanoClock) {
      return new Rule(rule, new Allowance.FirstOfSecond(rule.fixedTarget(), nanoClock));
    }

    boolean holdsFor(SampledRequest request) {
      return Wildcards.match(rule.method(), request.method())
          && Wildcards.match(rule.path(), request.path())
          && Wildcards.match(rule.host(), request.authority());
    }

    SamplingDecision decide(int toss) {
      if (target.take()) {
        return SamplingDecision.XRAY_FIXED_TARGET;
      }
      return toss < TOSSES * rule.rate()
          ? SamplingDecision.XRAY_RATE
          : SamplingDecision.XRAY_NOT_CHOSEN;
    }

    Rule untouched() {
      return new Rule(rule, target.untouched());
    }
  }

  @Override
  public SamplingDecision decide(
      SampledRequest request, TraceId traceId, SamplingDecision byRequestId, int toss) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).holdsFor(request)) {
        return rules.get(i).decide(toss);
      }
    }
    return otherwise.decide(toss);
  }

  @Override
  public XRaySampler untouched() {
    return new XRaySampler(rules.stream().map(Rule::untouched).toList(), otherwise.untouched());
  }
}
