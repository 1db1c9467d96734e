package io.sidetrace.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sidetrace.sidecar.codec.Transcript.Message;
import java.util.List;

/// Holds what the scanner makes of a stream against what Netty's strict decoder makes of it.
///
/// What the scanner takes, Netty takes too, with the same fields, body and end. What the scanner
/// refuses, Netty refuses or [Laxity] says why not.
final class Differential {
  private Differential() {}

  /// @return in a word, what became of the stream
  static String judge(Side side, String input) {
    Transcript scanned = ScannedStream.read(side, input, Math.max(1, input.length()));
    assertThat(ScannedStream.read(side, input, 1)).as("byte by byte").isEqualTo(scanned);
    Transcript decoded = DecodedStream.read(side, input);
    if (Laxity.isNettysLimit(decoded.refusal())) {
      return "NO_ANSWER";
    }
    List<Message> messages = scanned.messages();
    boolean known = scanned.refuses() && isKnown(side, scanned, input);
    for (int i = 0; i < messages.size(); i++) {
      boolean broken = scanned.refuses() && messages.get(i).end() == Transcript.OPEN;
      if (!(broken && known)) {
        assertThat(decoded.messages()).as("Netty: %s", decoded.refusal()).hasSizeGreaterThan(i);
        assertThat(decoded.messages().get(i)).as("message %d", i).isEqualTo(messages.get(i));
      }
    }
    if (scanned.refuses()) {
      compareRefusals(scanned, decoded, known);
      return scanned.refusal();
    }
    return compareOpenEnds(scanned, decoded);
  }

  private static boolean isKnown(Side side, Transcript scanned, String input) {
    String rest = input.substring(scanned.restStart());
    return Laxity.explains(side, Malformation.valueOf(scanned.refusal()), rest);
  }

  private static void compareRefusals(Transcript scanned, Transcript decoded, boolean known) {
    boolean whole =
        decoded.messages().size() > scanned.messages().size()
            || (!decoded.messages().isEmpty()
                && decoded.messages().getLast().end() != Transcript.OPEN
                && scanned.messages().size() == decoded.messages().size()
                && scanned.messages().getLast().end() == Transcript.OPEN);
    if (whole && !known) {
      fail("refused as %s, taken by Netty as %s", scanned.refusal(), decoded.messages());
    }
  }

  private static String compareOpenEnds(Transcript scanned, Transcript decoded) {
    assertThat(decoded.messages()).hasSameSizeAs(scanned.messages());
    boolean inBody =
        !scanned.messages().isEmpty() && scanned.messages().getLast().end() == Transcript.OPEN;
    if (inBody) {
      assertThat(decoded.refusal()).as("Netty, within the body").isNull();
    }
    return scanned.messages().isEmpty() ? "INCOMPLETE" : "TAKEN";
  }
}
