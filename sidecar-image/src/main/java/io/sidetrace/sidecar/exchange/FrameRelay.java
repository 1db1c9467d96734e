package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HpackDecoder;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.codec.http2.Setting;
import io.sidetrace.sidecar.codec.http2.Violation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One direction of an HTTP/2 connection. Frames go on as their bytes come, so that windows, pings
/// and their answers are between the two peers alone; only SETTINGS are capped, and header blocks
/// decoded and written anew. Event-loop confined.
final class FrameRelay {
  /// For each DATA frame or header block: Envoy grants ten window updates for one, on the stream
  /// and on the connection.
  private static final int IDLE_FRAMES_PER_USEFUL = 20;

  private enum Payload {
    PASSED,
    DROPPED,
    HEADER_BLOCK,
    SETTINGS
  }

  final HpackEncoder encoder = new HpackEncoder();
  private final HpackDecoder decoder;
  private final HeaderBlock block;
  private final FrameReader frame = new FrameReader();
  private final SettingsCaps caps;
  private final FrameOutput out;
  private final FrameOutput back;
  private final StreamSide side;
  private final LoopTools tools;
  private final Allowance idleFrames;

  private final TableOffers tableOffers = new TableOffers();
  private @Nullable FrameRelay opposite;
  private Payload payload = Payload.PASSED;
  private int dataBytes;
  private boolean padLengthNext;
  private byte[] settings = {};
  private boolean settingsSeen;
  private @Nullable Violation violation;

  /// Makes the direction in which frames go to `out`.
  ///
  /// @param back where answers to the sender go
  FrameRelay(StreamSide side, FrameOutput out, FrameOutput back, SettingsCaps caps, Limits limits) {
    this.side = side;
    this.out = out;
    this.back = back;
    this.caps = caps;
    this.tools = limits.tools();
    this.block = new HeaderBlock(limits.head());
    this.decoder = new HpackDecoder(limits.head());
    this.idleFrames = Allowance.ofIdleFrames(tools);
  }

  /// What bounds a direction.
  ///
  /// @param head bytes of a header block, in both its forms
  record Limits(int head, LoopTools tools) {}

  static void pair(FrameRelay one, FrameRelay other) {
    one.opposite = other;
    other.opposite = one;
  }

  /// Whether the sender has begun as it must, by SETTINGS.
  boolean settingsSeen() {
    return settingsSeen;
  }

  /// Whether the sender is within a header block.
  boolean inHead() {
    return block.isOpen();
  }

  /// Passes the bytes on; the caller releases the buffer.
  ///
  /// @return why the connection must end; null when it goes on
  @Nullable Violation read(ByteBuf in) {
    boolean more = true;
    while (more && violation == null) {
      more = step(in);
    }
    return violation;
  }

  /// One frame, or as much of it as there is.
  private boolean step(ByteBuf in) {
    if (frame.inFrame()) {
      if (!in.isReadable()) {
        return false;
      }
    } else if (frame.readHeader(in)) {
      violation = begin();
    } else {
      return false;
    }
    if (violation == null) {
      take(in, frame.take(in.readableBytes()));
    }
    if (violation == null && frame.end()) {
      violation = end();
    }
    return true;
  }

  private @Nullable Violation begin() {
    Violation malformed = frame.check();
    if (malformed != null) {
      return malformed;
    }
    if (block.isOpen() && frame.type() != Frame.CONTINUATION) {
      return Violation.HEADER_BLOCK_INTERRUPTED;
    }
    if (!settingsSeen && frame.type() != Frame.SETTINGS) {
      return Violation.FIRST_FRAME;
    }
    return switch (frame.type()) {
      case Frame.DATA -> beginData();
      case Frame.HEADERS, Frame.CONTINUATION -> beginBlock();
      case Frame.SETTINGS -> beginSettings();
      case Frame.RST_STREAM -> treat(side.begin(frame));
      case Frame.PUSH_PROMISE -> Violation.PUSH;
      case Frame.WINDOW_UPDATE ->
          frame.streamId() == 0 ? passIdle() : idle(treat(side.begin(frame)));
      default -> passIdle();
    };
  }

  private @Nullable Violation beginData() {
    padLengthNext = frame.has(Frame.PADDED);
    dataBytes = frame.length();
    if (padLengthNext && dataBytes == 0) {
      return Violation.FRAME_SIZE;
    }
    Violation treated = treat(side.begin(frame));
    if (dataBytes == 0 && !frame.has(Frame.END_STREAM)) {
      return idle(treated);
    }
    if (payload == Payload.PASSED) {
      useful();
    }
    return treated;
  }

  private @Nullable Violation beginBlock() {
    payload = Payload.HEADER_BLOCK;
    return block.begin(frame);
  }

  private @Nullable Violation beginSettings() {
    if (frame.length() > SettingsCaps.MAX_SETTINGS * Setting.BYTES) {
      return Violation.FRAME_SIZE;
    }
    payload = Payload.SETTINGS;
    settings = new byte[frame.length()];
    return idle(null);
  }

  private @Nullable Violation treat(Treatment treatment) {
    if (treatment == Treatment.PASS) {
      payload = Payload.PASSED;
      out.beginFrame(frame);
      return null;
    }
    payload = Payload.DROPPED;
    if (frame.type() == Frame.DATA && frame.length() > 0) {
      back.restoreWindow(frame.length()); // its receiver will never see these bytes
    }
    return idle(treatment.violation());
  }

  private @Nullable Violation passIdle() {
    return idle(treat(Treatment.PASS));
  }

  /// The frame carries nothing.
  private @Nullable Violation idle(@Nullable Violation otherwise) {
    return otherwise == null && !idleFrames.spend(tools) ? Violation.CONTROL_FLOOD : otherwise;
  }

  private void useful() {
    idleFrames.earn(IDLE_FRAMES_PER_USEFUL);
    other().idleFrames.earn(IDLE_FRAMES_PER_USEFUL);
  }

  private void take(ByteBuf in, int count) {
    switch (payload) {
      case PASSED -> {
        if (padLengthNext && count > 0) {
          notePadding(in.getUnsignedByte(in.readerIndex()));
        }
        if (violation == null) {
          out.payload(in, count);
        }
      }
      case DROPPED -> in.skipBytes(count);
      case HEADER_BLOCK -> block.add(in, count);
      case SETTINGS -> in.readBytes(settings, settings.length - frame.remaining() - count, count);
    }
  }

  private void notePadding(int padding) {
    padLengthNext = false;
    dataBytes -= 1 + padding;
    if (dataBytes < 0) {
      violation = Violation.PADDING;
    }
  }

  private @Nullable Violation end() {
    return switch (payload) {
      case PASSED -> {
        out.endFrame();
        if (frame.type() == Frame.DATA) {
          side.data(frame, dataBytes);
        }
        yield null;
      }
      case DROPPED -> null;
      case HEADER_BLOCK -> endBlock();
      case SETTINGS -> frame.has(Frame.ACK) ? acknowledge() : passSettings();
    };
  }

  private @Nullable Violation endBlock() {
    Violation malformed = block.endFrame();
    if (malformed != null || !block.isComplete()) {
      return malformed;
    }
    malformed = decoder.decode(block, tools.fields);
    if (malformed == null) {
      malformed = side.head(block, tools.fields);
    }
    block.close();
    return malformed;
  }

  /// What this peer says is for the other direction, of which it is the receiver.
  private @Nullable Violation passSettings() {
    byte[] capped = settingsSeen ? caps.apply(settings) : caps.first(settings);
    settingsSeen = true;
    out.settings(capped);
    long maxFrame = SettingsCaps.value(Setting.MAX_FRAME_SIZE, settings);
    long table = SettingsCaps.value(Setting.HEADER_TABLE_SIZE, settings);
    return other().offered(maxFrame, table);
  }

  private @Nullable Violation offered(long maxFrame, long table) {
    if (maxFrame != SettingsCaps.ABSENT) {
      frame.allow((int) Math.min(maxFrame, Frame.LARGEST_MAX_BYTES));
    }
    return tableOffers.add(table);
  }

  /// From here on the sender heeds what the receiver offered, and so do we on its behalf.
  private @Nullable Violation acknowledge() {
    if (tableOffers.isEmpty()) {
      return null; // nobody asked, so nobody is told
    }
    tableOffers.acknowledged(decoder, encoder);
    out.acknowledge();
    return null;
  }

  /// A head has gone on.
  void passed() {
    useful();
  }

  /// Counts an answer of ours that the sender made us give.
  ///
  /// @return why it is one too many; null when it is not
  @Nullable Violation answered() {
    return idle(null);
  }

  private FrameRelay other() {
    return Objects.requireNonNull(opposite);
  }
}
