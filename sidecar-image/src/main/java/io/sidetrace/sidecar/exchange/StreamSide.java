package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.Violation;
import org.jspecify.annotations.Nullable;

/// What the frames of one direction mean to the streams that they belong to.
interface StreamSide {
  /// A DATA, RST_STREAM or WINDOW_UPDATE frame of a stream has begun.
  Treatment begin(FrameReader frame);

  /// A DATA frame has passed.
  ///
  /// @param bytes of it without padding
  void data(FrameReader frame, int bytes);

  /// A header block has come; whether and how it goes on is decided here. Its fields are those of
  /// the moment.
  @Nullable Violation head(HeaderBlock block, HeaderFields fields);
}
