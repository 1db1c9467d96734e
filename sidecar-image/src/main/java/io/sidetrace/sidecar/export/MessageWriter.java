package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.MessageField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the messages of one transport: they share an encoder and the fields that go along.
/// Confined to its loop.
public final class MessageWriter {
  /// A batch with a single span fits; fuller ones double it a few times.
  private static final int FIRST_BODY_BYTES = 2 * 1024;

  private final SpanEncoder encoder;
  private final @Nullable Gzip gzip;
  private final MessageFields fields;

  /// @param own the fields of the provider's protocol
  public MessageWriter(SpanEncoder encoder, List<MessageField> own, CollectorOptions options) {
    this.encoder = encoder;
    this.fields = MessageFields.of(own, options.fields());
    this.gzip =
        switch (options.compression()) {
          case NONE -> null;
          case GZIP -> new Gzip();
        };
  }

  public SpanEncoder encoder() {
    return encoder;
  }

  public MessageFields fields() {
    return fields;
  }

  public EncodedBatch newBatch() {
    return new EncodedBatch(encoder, gzip, ByteBufAllocator.DEFAULT.directBuffer(FIRST_BODY_BYTES));
  }
}
