package io.sidetrace.operator.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SidecarReportTest {

  @Test
  void everythingThatIsLookedAt_isRead() {
    var reading =
        parse(
            """
            {"version": "0.1.0", "config": {"state": "refused", "applied": "ab", "refused": {"message": "lds.json: x"}},
             "lastExport": {"at": "2026-01-01T00:00:00Z", "outcome": "rejected: 400"}, "unknown": [1]}
            """);

    assertThat(reading)
        .isEqualTo(
            new Reading.Answered(
                new SidecarReport(
                    "ab", "lds.json: x", "rejected: 400", "2026-01-01T00:00:00Z", null)));
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("a page", "<html>"),
        argumentSet("another object", "{}"),
        argumentSet("a list", "[1]"),
        argumentSet("a state that is none", "{\"config\": {\"state\": 1}}"),
        argumentSet("half of it", "{\"config\": {\"state\": \"app"),
        argumentSet("depth", "{\"config\": " + "[".repeat(20_000)));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatIsNoStatus_isSilence(String body) {
    assertThat(parse(body)).isInstanceOf(Reading.Silent.class);
  }

  @Test
  void fieldsOfAnotherKind_areNotThere() {
    var reading =
        parse("{\"config\": {\"state\": \"applied\", \"applied\": {}}, \"lastExport\": 3}");

    assertThat(reading)
        .isEqualTo(new Reading.Answered(new SidecarReport(null, null, null, null, null)));
  }

  @Test
  void texts_areCutAndCleaned() {
    String long_ = "x".repeat(1000);
    var reading =
        parse(
            "{\"config\": {\"state\": \"refused\", \"refused\": {\"message\": \"a\\n\\u001b[1m\\ud800b"
                + long_
                + "\"}}}");

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Answered.class,
            answered ->
                assertThat(answered.report().refusal())
                    .startsWith("a [1m bxx")
                    .endsWith("…")
                    .hasSizeLessThan(250));
  }

  @Test
  void exportOfAFormerConfiguration_saysNothingOfThePresentOne() {
    Reading first = new Reading.Answered(new SidecarReport("a", null, "ok", "10:00", null));
    Reading edited = new Reading.Answered(new SidecarReport("b", null, "ok", "10:00", null));
    Reading exported = new Reading.Answered(new SidecarReport("b", null, "ok", "10:01", null));

    Reading second = edited.after(first);
    Reading third = edited.after(second);

    assertThat(outcome(second)).isNull();
    assertThat(outcome(third)).isNull();
    assertThat(outcome(exported.after(third))).isEqualTo("ok");
  }

  @Test
  void laterExportThatFaresTheSame_tellsNothingNew() {
    Reading first = new Reading.Answered(new SidecarReport("a", null, "ok", "10:00", null));
    Reading later = new Reading.Answered(new SidecarReport("a", null, "ok", "10:01", null));
    Reading failed = new Reading.Answered(new SidecarReport("a", null, "timeout", "10:02", null));

    assertThat(later.tellsTheSameAs(first)).isTrue();
    assertThat(failed.tellsTheSameAs(later)).isFalse();
    assertThat(first.tellsTheSameAs(null)).isFalse();
    assertThat(new Reading.Silent("why").tellsTheSameAs(new Reading.Silent("why"))).isTrue();
    assertThat(new Reading.Silent("why").tellsTheSameAs(first)).isFalse();
  }

  private static @Nullable String outcome(Reading reading) {
    return ((Reading.Answered) reading).report().lastOutcome();
  }

  private static Reading parse(String body) {
    return SidecarReport.parse(body);
  }
}
