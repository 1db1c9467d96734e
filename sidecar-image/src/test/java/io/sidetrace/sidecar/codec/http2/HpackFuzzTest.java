package io.sidetrace.sidecar.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// The decoder and the encoder against Netty's decoder, on blocks made at random. A finding goes
/// into `fuzz/corpus.txt`.
final class HpackFuzzTest {
  private static final int ROUNDS = 8_000;

  @Test
  void blocks_areReadAndWrittenAsNettyReadsThem() {
    var text = new HpackText();
    var verdicts = new Fuzz("hpack", ROUNDS, text::blocks, HpackDifferential::judge).run();

    int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(verdicts.get("TAKEN")).as("%s", verdicts).isBetween(all / 10, all * 9 / 10);
  }
}
