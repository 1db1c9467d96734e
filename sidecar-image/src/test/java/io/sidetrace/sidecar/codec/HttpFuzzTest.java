package io.sidetrace.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The scanner against Netty's strict decoder, on streams made at random. A finding goes into
/// `fuzz/corpus.txt`.
final class HttpFuzzTest {
  private static final int ROUNDS = 15_000;
  private static final String CHUNKED_HEAD =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void requests_areReadAsNettyReadsThem() {
    var text = new HttpText("request");
    var side = new Side.Requests();
    checkBalance(
        new Fuzz("request", ROUNDS, text::requests, input -> Differential.judge(side, input))
            .run());
  }

  @ParameterizedTest
  @EnumSource
  void responses_areReadAsNettyReadsThem(ResponseHead.Request asked) {
    var text = new HttpText("response");
    var side = new Side.Responses(asked);
    checkBalance(
        new Fuzz("response", ROUNDS, text::responses, input -> Differential.judge(side, input))
            .run());
  }

  @Test
  void chunkedBodies_areReadAsNettyReadsThem() {
    var text = new HttpText("chunked");
    var side = new Side.Requests();
    checkBalance(
        new Fuzz(
                "chunked",
                ROUNDS,
                text::chunkedBodies,
                input -> Differential.judge(side, CHUNKED_HEAD + input))
            .run());
  }

  /// Inputs that are nearly all refused, or nearly all taken, would test little.
  private static void checkBalance(Map<String, Integer> verdicts) {
    int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(verdicts.get("TAKEN")).as("%s", verdicts).isBetween(all / 10, all * 9 / 10);
  }
}
