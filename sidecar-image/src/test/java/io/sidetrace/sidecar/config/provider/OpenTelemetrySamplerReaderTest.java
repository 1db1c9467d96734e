package io.sidetrace.sidecar.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Reading;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenTelemetrySamplerReaderTest {
  private static final String NAME = "name: envoy.tracers.opentelemetry.samplers.";
  private static final String TYPE =
      "'@type': type.googleapis.com/envoy.extensions.tracers.opentelemetry.samplers.v3.";
  private static final String QUARTER =
      "{"
          + NAME
          + "trace_id_ratio_based, typed_config: {"
          + TYPE
          + "TraceIdRatioBasedSamplerConfig, sampling_percentage: {numerator: 250000, denominator:"
          + " MILLION}}}";

  private final List<String> refusals = new ArrayList<>();

  @Test
  void noSampler_leavesItToTheParentAndToTheShares() {
    assertThat(read("{}"))
        .isEqualTo(new OpenTelemetrySampler("", ParentRule.BOTH, new SamplerChoice.RequestId()));
  }

  @Test
  void alwaysOn_looksAtNoParent() {
    assertThat(
            read(
                "{sampler: {"
                    + NAME
                    + "always_on, typed_config: {"
                    + TYPE
                    + "AlwaysOnSamplerConfig}}}"))
        .isEqualTo(
            new OpenTelemetrySampler("always_on", ParentRule.LOCAL, new SamplerChoice.AlwaysOn()));
  }

  @Test
  void ratio_looksAtNoParent() {
    assertThat(read("{sampler: " + QUARTER + "}"))
        .isEqualTo(
            new OpenTelemetrySampler(
                "trace_id_ratio_based(250000/1000000)",
                ParentRule.LOCAL,
                new SamplerChoice.TraceIdRatio(250_000, 1_000_000)));
  }

  @Test
  void parentBased_hasASamplerForRoots() {
    assertThat(read("{sampler: " + parentBased(QUARTER) + "}"))
        .isEqualTo(
            new OpenTelemetrySampler(
                "parent_based(trace_id_ratio_based(250000/1000000))",
                ParentRule.BOTH,
                new SamplerChoice.TraceIdRatio(250_000, 1_000_000)));
  }

  @Test
  void others_areRefused() {
    refused(
        "{sampler: {name: dynatrace, typed_config: {" + TYPE + "DynatraceSamplerConfig}}}",
        "$.sampler.typed_config: @type is");
    refused("{sampler: " + parentBased(parentBased(QUARTER)) + "}", "expected one of");
    refused(
        "{sampler: " + QUARTER.replace("250000", "1000001") + "}",
        "sampling_percentage.numerator: 1000001 (expected: 0..1000000)");
    refused(
        "{sampler: {"
            + NAME
            + "parent_based, typed_config: {"
            + TYPE
            + "ParentBasedSamplerConfig}}}",
        "wrapped_sampler: missing (expected: an object)");
  }

  private void refused(String yaml, String message) {
    refusals.clear();
    read(yaml);
    assertThat(refusals).isNotEmpty();
    assertThat(String.join("; ", refusals)).contains(message);
  }

  private static String parentBased(String root) {
    return "{"
        + NAME
        + "parent_based, typed_config: {"
        + TYPE
        + "ParentBasedSamplerConfig, wrapped_sampler: "
        + root
        + "}}";
  }

  private OpenTelemetrySampler read(String yaml) {
    Parsed parsed = DocumentParser.parse(yaml);
    if (!(parsed instanceof Parsed.Document(var root))) {
      throw new AssertionError(parsed);
    }
    return Message.read(
        new Reading.OfDocument((path, message) -> refusals.add(path + ": " + message)),
        root,
        message -> OpenTelemetrySamplerReader.read(message.field("sampler")));
  }
}
