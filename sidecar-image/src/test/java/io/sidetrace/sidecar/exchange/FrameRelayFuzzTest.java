package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// What passes one direction of an HTTP/2 connection, against what Netty's frame reader makes of
/// what came and of what went on. A finding goes into `fuzz/corpus.txt`.
final class FrameRelayFuzzTest {
  private static final int ROUNDS = 3_000;

  @Test
  void frames_goOnAsNettyReadsThem() {
    var bytes = new FrameBytes();
    var verdicts = new Fuzz("frames", ROUNDS, bytes::frames, RelayedFrames::judge).run();

    int all = verdicts.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(verdicts.get("PASSED")).as("%s", verdicts).isBetween(all / 10, all * 9 / 10);
  }
}
