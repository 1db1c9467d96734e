package io.sidetrace.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.exchange.Rehearsal;
import io.sidetrace.sidecar.exchange.Rehearsal.Change;
import io.sidetrace.sidecar.exchange.Rehearsal.Decided;
import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.tracing.Explanation;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ExplainPageTest {
  private static final String ID = "00000001-0000-4000-8000-000000000000";
  private static final String PACKED = "00000001-0000-9000-8000-000000000000";
  private static final DefaultEventLoop LOOP = new DefaultEventLoop();

  private final FakeState state = new FakeState();

  @AfterAll
  static void stop() {
    LOOP.shutdownGracefully();
  }

  @Test
  void decision_isToldWithItsReasons() throws Exception {
    TraceContext caller = new TraceContext(new TraceId(0, 0xabcL), 0xdefL, 0, Sampling.DEFERRED);
    TraceContext span = new TraceContext(caller.traceId(), 0x123L, 0xdefL, Sampling.SAMPLED);
    state.decided =
        new Decided.Served(
            route(),
            "inbound",
            null,
            new Explanation(
                ID,
                PACKED,
                new Explanation.Tracing(
                    SamplingDecision.RANDOM,
                    SamplingDecision.RATE_LIMITED,
                    1,
                    SamplingShares.percent(100, 50, 100),
                    new Extracted.Context(caller),
                    span,
                    span,
                    false,
                    new Explanation.Recorded(
                        "checkStock",
                        Span.Kind.SERVER,
                        List.of(new Span.Tag("http.method", "POST"))),
                    new Explanation.Formats("tracecontext", List.of("b3", "tracecontext")))),
            List.of(
                new Change(Change.Kind.REPLACED, "x-request-id", PACKED),
                new Change(Change.Kind.REMOVED, "x-envoy-force-trace", null)));

    Answer answer =
        ask("/explain?path=/a%3Fb&method=POST&header=x-a:1&header=Host:h&peer=10.1.1.1");

    assertThat(state.rehearsed)
        .isEqualTo(new Rehearsal.Request("POST", "/a?b", List.of("x-a:1", "Host:h"), "10.1.1.1"));
    assertThat(answer.status().code()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualToIgnoringWhitespace(
            """
            {"listener":"inbound",
             "route":{"match":{"prefix":"/","headers":[{"name":"user-agent",
               "string_match":{"prefix":"kube-probe/"},"invert_match":false}]},
               "route":{"cluster":"inbound","timeout":"0s"},
               "decorator":{"operation":"checkStock","propagate":true},"name":""},
             "cluster":"inbound","local_reply":null,
             "request_id":{"received":"00000001-0000-4000-8000-000000000000",
               "sent":"00000001-0000-9000-8000-000000000000",
               "origin":"kept, with the decision packed into it"},
             "tracing":{"recorded":true,
               "sampling":{"decided_by":"this sidecar","decision":"rate_limited","sampled":false,
                 "why":"traces_per_second new traces were begun already",
                 "decision_here":"random",
                 "sampled_here":true,"request_id_number":1,
                 "client_sampling":{"numerator":10000,"denominator":10000},
                 "random_sampling":{"numerator":5000,"denominator":10000},
                 "overall_sampling":{"numerator":10000,"denominator":10000}},
               "extracted":{"trace_id":"0000000000000abc","span_id":"0000000000000def",
                 "parent_id":null,"sampling":"deferred","found":"context",
                 "format":"tracecontext"},
               "span":{"trace_id":"0000000000000abc","span_id":"0000000000000123",
                 "parent_id":"0000000000000def","sampling":"sampled","shared":false,
                 "name":"checkStock","kind":"SERVER","tags":{"http.method":"POST"}},
               "injected":{"trace_id":"0000000000000abc","span_id":"0000000000000123",
                 "parent_id":"0000000000000def","sampling":"sampled",
                 "formats":["b3","tracecontext"]}},
             "request_changes":[
               {"change":"replaced","name":"x-request-id",
                "value":"00000001-0000-9000-8000-000000000000"},
               {"change":"removed","name":"x-envoy-force-trace","value":null}]}
            """);
  }

  @Test
  void questionWithoutAnything_isAGetOfTheRoot() throws Exception {
    state.decided =
        new Decided.Served(null, "", new Rehearsal.Answer(404, "", "NR"), null, List.of());

    Answer answer = ask("/explain");

    assertThat(state.rehearsed)
        .isEqualTo(new Rehearsal.Request("GET", "/", List.of("host:localhost"), "127.0.0.1"));
    assertThat(answer.body())
        .isEqualToIgnoringWhitespace(
            """
            {"listener":"inbound","route":null,"cluster":null,
             "local_reply":{"status":404,"response_flags":"NR","body":""},
             "request_id":null,"tracing":null,"request_changes":[]}
            """);
  }

  @Test
  void unknownListener_isRefusedWithThoseThatAre() throws Exception {
    Answer answer = ask("/explain?listener=inbuond");

    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("listener: \"inbuond\" (expected one of: inbound)\n");
  }

  @Test
  void malformedRequest_isRefused() throws Exception {
    state.decided = new Decided.Refused(400, "a reason");

    assertThat(ask("/explain?path=a%20b").body())
        .isEqualTo("the request would be answered with 400: a reason\n");
  }

  @Test
  void waitingSidecar_hasNothingToExplain() throws Exception {
    state.config = new ConfigState.Waiting();

    assertThat(ask("/explain").status().code()).isEqualTo(503);
  }

  private static io.sidetrace.sidecar.config.Route route() {
    HttpConnectionManager http =
        Objects.requireNonNull(FakeState.CONFIGURATION.listeners().getFirst().http());
    return http.virtualHosts().getFirst().routes().getFirst();
  }

  private Answer ask(String target) throws Exception {
    Question question =
        new Question(
            "",
            new QueryStringDecoder(target).parameters(),
            InetAddress.getLoopbackAddress(),
            LOOP);
    return ExplainPage.answer(question, state).toCompletableFuture().get();
  }
}
