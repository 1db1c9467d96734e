package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases of https://github.com/w3c/trace-context, `test/test.py`, under their names, and more.
final class W3cTraceContextTest {
  private static final TraceId TRACE = new TraceId(0x1234567890123456L, 0x7890123456789012L);
  private static final String SAMPLED = "00-12345678901234567890123456789012-1234567890123456-01";
  private static final String NOT_SAMPLED =
      "00-12345678901234567890123456789012-1234567890123456-00";

  private final W3cTraceContext format = new W3cTraceContext();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "test_traceparent_included_tracestate_missing, "
        + "00-12345678901234567890123456789012-1234567890123456-01",
    "test_traceparent_version_0xcc, cc-12345678901234567890123456789012-1234567890123456-01",
    "test_traceparent_version_0xcc, "
        + "cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
    "unknown flags are no reason, 00-12345678901234567890123456789012-1234567890123456-ff",
  })
  void traceparent_isContinued(String name, String parent) {
    Hop hop = Hop.through(format, FakeHeaders.of("traceparent", parent));

    assertThat(hop.extracted())
        .isEqualTo(new Context(new TraceContext(TRACE, 0x1234567890123456L, 0, Sampling.SAMPLED)));
    assertThat(hop.upstream().asMap())
        .containsExactlyEntriesOf(
            java.util.Map.of(
                "traceparent", "00-12345678901234567890123456789012-00fb4a1d1a96d312-01"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "test_traceparent_duplicated, "
        + "'00-12345678901234567890123456789011-1234567890123456-01"
        + ",00-12345678901234567890123456789012-1234567890123456-01', TRAILING_TEXT",
    "test_traceparent_version_0x00, 00-12345678901234567890123456789012-1234567890123456-01., "
        + "TRAILING_TEXT",
    "test_traceparent_version_0x00, "
        + "00-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like, "
        + "TRAILING_TEXT",
    "test_traceparent_version_0xcc, "
        + "cc-12345678901234567890123456789012-1234567890123456-01.what-the-future-will-be-like, "
        + "TRAILING_TEXT",
    "test_traceparent_version_0xff, ff-12345678901234567890123456789012-1234567890123456-01, "
        + "VERSION_UNKNOWN",
    "test_traceparent_version_illegal_characters, "
        + ".0-12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "test_traceparent_version_illegal_characters, "
        + "0.-12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "test_traceparent_version_too_long, "
        + "000-12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "test_traceparent_version_too_long, "
        + "0000-12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "test_traceparent_version_too_short, "
        + "0-12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "test_traceparent_trace_id_all_zero, "
        + "00-00000000000000000000000000000000-1234567890123456-01, TRACE_ID_ZERO",
    "test_traceparent_trace_id_illegal_characters, "
        + "00-.2345678901234567890123456789012-1234567890123456-01, TRACE_ID_NOT_HEX",
    "test_traceparent_trace_id_illegal_characters, "
        + "00-1234567890123456789012345678901.-1234567890123456-01, TRACE_ID_NOT_HEX",
    "test_traceparent_trace_id_too_long, "
        + "00-123456789012345678901234567890123-1234567890123456-01, TRACE_ID_LENGTH",
    "test_traceparent_trace_id_too_short, "
        + "00-1234567890123456789012345678901-1234567890123456-01, TRACE_ID_LENGTH",
    "test_traceparent_parent_id_all_zero, "
        + "00-12345678901234567890123456789012-0000000000000000-01, SPAN_ID_ZERO",
    "test_traceparent_parent_id_illegal_characters, "
        + "00-12345678901234567890123456789012-.234567890123456-01, SPAN_ID_NOT_HEX",
    "test_traceparent_parent_id_illegal_characters, "
        + "00-12345678901234567890123456789012-123456789012345.-01, SPAN_ID_NOT_HEX",
    "test_traceparent_parent_id_too_long, "
        + "00-12345678901234567890123456789012-12345678901234567-01, SPAN_ID_LENGTH",
    "test_traceparent_parent_id_too_short, "
        + "00-12345678901234567890123456789012-123456789012345-01, SPAN_ID_LENGTH",
    "test_traceparent_trace_flags_illegal_characters, "
        + "00-12345678901234567890123456789012-1234567890123456-.0, FLAGS_NOT_HEX",
    "test_traceparent_trace_flags_illegal_characters, "
        + "00-12345678901234567890123456789012-1234567890123456-0., FLAGS_NOT_HEX",
    "test_traceparent_trace_flags_too_long, "
        + "00-12345678901234567890123456789012-1234567890123456-001, FLAGS_LENGTH",
    "test_traceparent_trace_flags_too_short, "
        + "00-12345678901234567890123456789012-1234567890123456-1, FLAGS_LENGTH",
    "test_multiple_requests_with_illegal_traceparent, "
        + "00-00000000000000000000000000000000-1234567890123456-01, TRACE_ID_ZERO",
    "capital digits are not the specification's, "
        + "00-1234567890123456789012345678901A-1234567890123456-01, TRACE_ID_NOT_HEX",
    "capital digits of the version, FF-12345678901234567890123456789012-1234567890123456-01, "
        + "VERSION_UNKNOWN",
    "another separator, 00.12345678901234567890123456789012-1234567890123456-01, VERSION_UNKNOWN",
    "empty, '', EMPTY",
    "a version alone, 00, TRUNCATED",
    "a version and its dash, 00-, TRACE_ID_LENGTH",
    "no span, 00-12345678901234567890123456789012, SPAN_ID_MISSING",
    "an empty span, 00-12345678901234567890123456789012-, SPAN_ID_LENGTH",
    "no flags, 00-12345678901234567890123456789012-1234567890123456, TRUNCATED",
    "empty flags, 00-12345678901234567890123456789012-1234567890123456-, FLAGS_LENGTH",
  })
  void malformedTraceparent_isReplacedByTheNewRoots(
      String name, String parent, Malformation reason) {
    Hop hop =
        Hop.through(format, FakeHeaders.of("traceparent", parent, "tracestate", "foo=1,bar=2"));

    assertThat(hop.extracted()).isEqualTo(new Malformed("tracecontext", reason, Sampling.DEFERRED));
    assertThat(hop.upstream().asMap())
        .containsExactlyEntriesOf(
            java.util.Map.of(
                "traceparent", "00-11111111111111112222222222222222-00fb4a1d1a96d312-01"));
  }

  @Test
  void duplicatedTraceparent_isMalformed() {
    FakeHeaders request = FakeHeaders.of("traceparent", SAMPLED, "traceparent", SAMPLED);

    assertThat(format.extract(request))
        .isEqualTo(new Malformed("tracecontext", Malformation.TRAILING_TEXT, Sampling.DEFERRED));
  }

  static Stream<Arguments> inheritedStates() {
    String keyCharacters = "0123456789_-*/";
    String letters = "abcdefghijklmnopqrstuvwxyz";
    String value =
        IntStream.rangeClosed(' ', '~')
            .filter(c -> c != ',' && c != '=')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return Stream.of(
        state("test_tracestate_included_traceparent_included", "foo=1,bar=2"),
        state("test_tracestate_empty_header", "foo=1", ""),
        state("test_tracestate_empty_header", "", "foo=1"),
        state(
            "test_tracestate_multiple_headers_different_keys",
            "foo=1,bar=2",
            "rojo=1,congo=2",
            "baz=3"),
        state("test_tracestate_duplicated_keys", "foo=1,foo=1"),
        state("test_tracestate_duplicated_keys", "foo=1,foo=2"),
        state("test_tracestate_duplicated_keys", "foo=1", "foo=1"),
        state("test_tracestate_duplicated_keys", "foo=1", "foo=2"),
        state(
            "test_tracestate_all_allowed_characters", letters + keyCharacters + "=" + value + "~"),
        state(
            "test_tracestate_all_allowed_characters",
            letters + keyCharacters + "@a-z0-9_-*/=" + value + "~"),
        state("test_tracestate_ows_handling", "foo=1 \t , \t bar=2, \t baz=3"),
        state("test_tracestate_ows_handling", "foo=1\t \t,\t \tbar=2,\t \tbaz=3"),
        state("test_tracestate_ows_handling", "\t foo=1 \t"),
        state("test_tracestate_key_illegal_vendor_format", "foo@=1,bar=2"),
        state("test_tracestate_key_illegal_vendor_format", "foo@@bar=1,bar=2"),
        state("test_tracestate_key_illegal_vendor_format", "foo@bar@baz=1,bar=2"),
        state("test_tracestate_member_count_limit", members(1, 10), members(11, 32)),
        state("test_tracestate_key_length_limit", "foo=1", "z".repeat(256) + "=1"),
        state(
            "test_tracestate_key_length_limit",
            "foo=1",
            "t".repeat(241) + "@" + "v".repeat(14) + "=1"),
        state("the longest value", "foo=" + "z".repeat(256)),
        state("a key that begins with a digit", "1a-2b@dt=fw4;5"));
  }

  @ParameterizedTest
  @MethodSource
  void inheritedStates(List<String> lines) {
    FakeHeaders request = FakeHeaders.of("traceparent", NOT_SAMPLED);
    lines.forEach(line -> request.add("tracestate", line));

    Hop hop = Hop.through(format, request);

    assertThat(hop.span().traceId()).isEqualTo(TRACE);
    assertThat(hop.span().remark()).isEqualTo(new Remark.TraceState(String.join(",", lines)));
    assertThat(hop.upstream().asMap())
        .containsEntry("tracestate", String.join(",", lines))
        .containsEntry("traceparent", "00-12345678901234567890123456789012-00fb4a1d1a96d312-00");
  }

  static Stream<Arguments> discardedStates() {
    return Stream.of(
        state("test_tracestate_empty_header", ""),
        state("nothing but commas", ", ,", ","),
        state("test_tracestate_key_illegal_characters", "foo =1"),
        state("test_tracestate_key_illegal_characters", "FOO=1"),
        state("test_tracestate_key_illegal_characters", "foo.bar=1"),
        state("test_tracestate_key_illegal_vendor_format", "@foo=1,bar=2"),
        state("test_tracestate_member_count_limit", members(1, 20), members(21, 33)),
        state("test_tracestate_key_length_limit", "foo=1", "z".repeat(257) + "=1"),
        state("test_tracestate_value_illegal_characters", "foo=bar=baz"),
        state("test_tracestate_value_illegal_characters", "foo=,bar=3"),
        state("a value too long", "foo=" + "z".repeat(257)),
        state("no equals sign", "foo"),
        state("a value that is not ASCII", "foo=\u00e9"),
        state("a value with a control character", "foo=\u0000"));
  }

  @ParameterizedTest
  @MethodSource
  void discardedStates(List<String> lines) {
    FakeHeaders request = FakeHeaders.of("traceparent", NOT_SAMPLED);
    lines.forEach(line -> request.add("tracestate", line));

    Hop hop = Hop.through(format, request);

    assertThat(hop.span().traceId()).isEqualTo(TRACE);
    assertThat(hop.span().remark()).isNull();
    assertThat(hop.upstream().asMap()).containsOnlyKeys("traceparent");
  }

  private static Arguments state(String name, String... lines) {
    return argumentSet(name, new ArrayList<>(Arrays.asList(lines)));
  }

  private static String members(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "bar%02d=%02d".formatted(i, i))
        .collect(Collectors.joining(","));
  }

  static Stream<Arguments> fieldsThatAreNone() {
    return Stream.of(
        argumentSet("test_both_traceparent_and_tracestate_missing", "x-a", "1"),
        argumentSet("test_traceparent_header_name", "trace-parent", SAMPLED),
        argumentSet("test_traceparent_header_name", "trace.parent", SAMPLED),
        argumentSet("test_tracestate_header_name", "trace-state", "foo=1"),
        argumentSet("test_tracestate_header_name", "trace.state", "foo=1"));
  }

  @ParameterizedTest
  @MethodSource
  void fieldsThatAreNone(String name, String value) {
    Hop hop = Hop.through(format, FakeHeaders.of(name, value));

    assertThat(hop.extracted()).isEqualTo(new Extracted.Absent());
    assertThat(hop.upstream().asMap()).containsOnlyKeys(name, "traceparent");
  }

  /// `test_tracestate_included_traceparent_missing`
  @Test
  void stateWithoutItsParent_isDiscarded() {
    Hop hop = Hop.through(format, FakeHeaders.of("tracestate", "foo=1"));

    assertThat(hop.upstream().asMap()).containsOnlyKeys("traceparent");
  }

  /// `test_traceparent_header_name_valid_casing`
  @ParameterizedTest
  @CsvSource({"TraceParent", "TrAcEpArEnT", "TRACEPARENT"})
  void nameInAnyCase_isRead(String name) {
    assertThat(Hop.through(format, FakeHeaders.of(name, SAMPLED)).span().traceId())
        .isEqualTo(TRACE);
  }

  @Test
  void stateOfTheTraceThatGoesOn_staysWhicheverFormatWasFirst() {
    FakeHeaders request = FakeHeaders.of("traceparent", SAMPLED, "tracestate", "foo=1", "x-a", "1");
    FakeHeaders same = request.copy();
    FakeHeaders other = request.copy();

    format.inject(new TraceContext(TRACE, 7, 0, Sampling.SAMPLED), request, same);
    format.inject(new TraceContext(new TraceId(1, 2), 7, 0, Sampling.SAMPLED), request, other);

    assertThat(same.asMap()).containsEntry("tracestate", "foo=1");
    assertThat(other.asMap()).containsOnlyKeys("traceparent", "x-a");
  }

  @Test
  void shortIdentifier_getsZerosInFront() {
    FakeHeaders upstream = FakeHeaders.of();

    format.inject(
        new TraceContext(new TraceId(0, 0xabc), 7, 0, Sampling.DEFERRED),
        FakeHeaders.of(),
        upstream);

    assertThat(upstream.asMap())
        .containsEntry("traceparent", "00-00000000000000000000000000000abc-0000000000000007-00");
  }
}
