package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.exchange.Rehearsal;
import io.sidetrace.sidecar.exchange.Rehearsal.Change;
import io.sidetrace.sidecar.exchange.Rehearsal.Decided;
import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.sampling.TraceReason.Packing;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.tracing.Explanation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A decision in JSON.
final class Explained {
  private Explained() {}

  static JsonObject of(String listener, Decided.Served served) {
    Explanation explanation = served.explanation();
    return new JsonObject()
        .put("listener", listener)
        .put("route", route(served.route()))
        .put("cluster", served.cluster().isEmpty() ? null : served.cluster())
        .put("local_reply", localReply(served.answer()))
        .put("request_id", explanation == null ? null : requestId(explanation))
        .put("tracing", explanation == null ? null : tracing(explanation.tracing()))
        .put("request_changes", served.changes().stream().map(Explained::change).toList());
  }

  private static @Nullable JsonObject route(@Nullable Route route) {
    return route == null ? null : ConnectionManagerDump.route(route).put("name", route.name());
  }

  private static @Nullable JsonObject localReply(Rehearsal.@Nullable Answer answer) {
    return answer == null
        ? null
        : new JsonObject()
            .put("status", answer.status())
            .put("response_flags", answer.flag())
            .put("body", answer.body());
  }

  private static JsonObject requestId(Explanation explanation) {
    String received = explanation.receivedId();
    String sent = explanation.requestId();
    return new JsonObject()
        .put("received", received.isEmpty() ? null : received)
        .put("sent", sent.isEmpty() ? null : sent)
        .put("origin", origin(received, sent));
  }

  private static String origin(String received, String sent) {
    if (sent.isEmpty()) {
      return "none";
    }
    if (received.isEmpty()) {
      return "generated";
    }
    if (received.equals(sent)) {
      return "kept";
    }
    Packing packing = Packing.PACKED;
    return packing.erase(received).equals(packing.erase(sent))
        ? "kept, with the decision packed into it"
        : "replaced";
  }

  private static @Nullable JsonObject tracing(Explanation.@Nullable Tracing tracing) {
    return tracing == null
        ? null
        : new JsonObject()
            .put("recorded", tracing.recorded() != null)
            .put("sampling", sampling(tracing))
            .put("extracted", extracted(tracing))
            .put("span", span(tracing))
            .put("injected", injected(tracing));
  }

  private static JsonObject sampling(Explanation.Tracing tracing) {
    SamplingShares shares = tracing.shares();
    SamplingDecision outcome = tracing.outcome();
    return new JsonObject()
        .put("decided_by", outcome.parents() ? "the request's context" : "this sidecar")
        .put("decision", label(outcome))
        .put("sampled", outcome.sampled())
        .put("why", outcome.why())
        .put("decision_here", label(tracing.decision()))
        .put("sampled_here", tracing.decision().sampled())
        .put("request_id_number", tracing.number() < 0 ? null : tracing.number())
        .put("client_sampling", share(shares.client()))
        .put("random_sampling", share(shares.random()))
        .put("overall_sampling", share(shares.overall()));
  }

  private static JsonObject share(SamplingShares.Share share) {
    return new JsonObject()
        .put("numerator", share.numerator())
        .put("denominator", share.denominator());
  }

  private static JsonObject extracted(Explanation.Tracing tracing) {
    JsonObject said = extracted(tracing.extracted());
    String format = tracing.formats().extracted();
    return format == null ? said : said.put("format", format);
  }

  private static @Nullable JsonObject injected(Explanation.Tracing tracing) {
    List<String> formats = tracing.formats().injected();
    return formats.isEmpty() ? null : context(tracing.injected()).put("formats", formats);
  }

  private static JsonObject extracted(Extracted extracted) {
    return switch (extracted) {
      case Extracted.Context(var context) -> context(context).put("found", "context");
      case Extracted.TraceOnly(var traceId, var sampling, _) ->
          new JsonObject()
              .put("found", "trace without a span")
              .put("trace_id", traceId.format())
              .put("sampling", label(sampling));
      case Extracted.SamplingOnly(var sampling) ->
          new JsonObject().put("found", "sampling only").put("sampling", label(sampling));
      case Extracted.Malformed malformed ->
          new JsonObject()
              .put("found", "malformed")
              .put("format", malformed.format())
              .put("reason", malformed.reason().label())
              .put("sampling", label(malformed.sampling()));
      case Extracted.Absent _ -> new JsonObject().put("found", "nothing");
    };
  }

  private static JsonObject span(Explanation.Tracing tracing) {
    JsonObject span = context(tracing.span()).put("shared", tracing.shared());
    Explanation.Recorded recorded = tracing.recorded();
    if (recorded == null) {
      return span;
    }
    var tags = new JsonObject();
    for (Tag tag : recorded.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return span.put("name", recorded.name().isEmpty() ? null : recorded.name())
        .put("kind", recorded.kind())
        .put("tags", tags);
  }

  private static JsonObject context(TraceContext context) {
    return new JsonObject()
        .put("trace_id", context.traceId().format())
        .put("span_id", Hex.format(context.spanId()))
        .put("parent_id", context.parentId() == 0 ? null : Hex.format(context.parentId()))
        .put("sampling", label(context.sampling()));
  }

  private static JsonObject change(Change change) {
    return new JsonObject()
        .put("change", label(change.kind()))
        .put("name", change.name())
        .put("value", change.value());
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
