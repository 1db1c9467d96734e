package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in the fields of trace contexts: the request goes on unharmed and in a new
/// trace, and nothing of what was sent comes out elsewhere.
final class HostileContextTest {
  private static final String MARK = "Injected";
  private static final Pattern CONTEXT =
      Pattern.compile("(?i)(x-request-id|b3|x-b3-[a-z]+): ([^\r]*)\r\n");
  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String SPAN = "a2fb4a1d1a96d312";

  static Stream<Arguments> hostile() {
    String many = "X-B3-TraceId: " + TRACE + "\r\nX-B3-SpanId: ";
    return Stream.of(
        argumentSet("b3, long", "b3: " + MARK.repeat(8_000) + "\r\n"),
        argumentSet("b3, blanks for line ends", "b3: " + TRACE + "  " + MARK + ": 1\r\n"),
        argumentSet("b3, escaped line end", "b3: " + TRACE + "-" + SPAN + "%0d%0a" + MARK + "\r\n"),
        argumentSet("b3, beyond ASCII", "b3: " + MARK + "\u0085\u00a0\u00ff\u008d\u008a\r\n"),
        argumentSet("b3, twice", "b3: " + MARK + "\r\nB3: " + TRACE + "-" + SPAN + "-1\r\n"),
        argumentSet("b3, a zero", "b3: " + "0".repeat(32) + "-" + SPAN + "-1-" + MARK + "\r\n"),
        argumentSet(
            "trace id, long", many.replace(TRACE, TRACE + MARK.repeat(100)) + SPAN + "\r\n"),
        argumentSet("span id, no number", many + MARK + "\r\n"),
        argumentSet("span id, empty", many + "\r\nX-B3-Sampled: " + MARK + "\r\n"),
        argumentSet("half a context", "X-B3-TraceId: " + MARK + TRACE + "\r\nX-B3-Sampled: 1\r\n"),
        argumentSet("trace id, twice", "X-B3-TraceId: " + MARK + "\r\n" + many + SPAN + "\r\n"),
        argumentSet(
            "parent id", many + SPAN + "\r\nX-B3-ParentSpanId: " + MARK + "-" + SPAN + "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileContext_makesANewTraceAndHarmsNothing(String fields) {
    assertThat(contextAndRest(fields))
        .noneMatch(line -> line.contains(MARK) || line.contains(TRACE));
  }

  /// Of other formats nothing is read, so nothing of them is touched.
  @ParameterizedTest
  @MethodSource("foreign")
  void contextOfAnotherFormat_passesAsItCame(String fields) {
    assertThat(contextAndRest(fields).getLast())
        .isEqualTo("GET /a HTTP/1.1\r\nHost: a\r\n" + fields + "X-Last: 1\r\n\r\n");
  }

  static Stream<Arguments> foreign() {
    return Stream.of(
        argumentSet("traceparent, long", "traceparent: 00-" + "f".repeat(60_000) + "\r\n"),
        argumentSet("traceparent, twice", "traceparent: 00-0-0-00\r\nTraceparent: x\r\n"),
        argumentSet("tracestate", "tracestate: " + "a=b,".repeat(1_000) + "\r\n"),
        argumentSet("baggage", "baggage: k=%00%0d%0aX: y;p=\u00ff\r\n".replace("X: y", "X=y")));
  }

  /// What goes upstream: the values of the fields of contexts, and last the head without them.
  private static List<String> contextAndRest(String fields) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET /a HTTP/1.1\r\nHost: a\r\n" + fields + "X-Last: 1\r\n\r\n");
      Peer upstream = server.accept();
      String head = upstream.receiveHead();
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      client.receiveHead();
      String rest = CONTEXT.matcher(head).replaceAll("");
      assertThat(rest).isEqualTo(head(CONTEXT.matcher(fields).replaceAll("")));
      assertThat(plane.count(Counter.TRACING_FAILURES)).isZero();
      Stream<String> values = CONTEXT.matcher(head).results().map(field -> field.group(2));
      List<String> all = Stream.concat(values, Stream.of(rest)).toList();
      assertThat(all).as("fields of a context, and the rest").hasSizeGreaterThan(2);
      return all;
    }
  }

  private static String head(String fields) {
    return "GET /a HTTP/1.1\r\nHost: a\r\n" + fields + "X-Last: 1\r\n\r\n";
  }
}
