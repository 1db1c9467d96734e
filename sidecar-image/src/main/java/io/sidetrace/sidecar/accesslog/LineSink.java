package io.sidetrace.sidecar.accesslog;

import io.sidetrace.sidecar.accesslog.LineBuffer.Batch;
import io.sidetrace.sidecar.config.AccessLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One destination and the lines for it. Lines are added by event loops; all else is the writer's.
final class LineSink {
  private static final System.Logger LOG = System.getLogger("sidetrace.accesslog");

  final LineBuffer buffer = new LineBuffer();
  private final AccessLog.Destination destination;
  private byte[] spare = new byte[0];
  private @Nullable OutputStream out;

  /// What tells a file from the one that took its name; null for streams.
  private @Nullable Object fileKey;

  private boolean failing;

  LineSink(AccessLog.Destination destination) {
    this.destination = destination;
  }

  /// Writes what there is.
  ///
  /// @return how many lines were lost, which is all of them or none
  Lines write() {
    if (buffer.isEmpty()) {
      return Lines.NONE;
    }
    Batch batch = buffer.take(spare);
    spare = batch.octets().array();
    try {
      open().write(spare, 0, batch.octets().limit());
      failing = false;
      return new Lines(batch.lines(), 0);
    } catch (IOException e) {
      tell(e);
      close();
      return new Lines(0, batch.lines());
    }
  }

  record Lines(int written, int lost) {
    static final Lines NONE = new Lines(0, 0);
  }

  private void tell(IOException e) {
    if (!failing) {
      failing = true;
      LOG.log(System.Logger.Level.WARNING, "{0} is not written: {1}", destination, e);
    }
  }

  private OutputStream open() throws IOException {
    OutputStream opened =
        switch (destination) {
          case AccessLog.Destination.StandardOutput() -> stream(FileDescriptor.out);
          case AccessLog.Destination.StandardError() -> stream(FileDescriptor.err);
          case AccessLog.Destination.File(Path path) -> file(path);
        };
    out = opened;
    return opened;
  }

  private OutputStream stream(FileDescriptor descriptor) {
    return out == null ? new FileOutputStream(descriptor) : out;
  }

  /// A file that was renamed or removed, as rotation does, is left for one of the same name.
  private OutputStream file(Path path) throws IOException {
    if (out != null && Files.exists(path) && Objects.equals(fileKey, key(path))) {
      return out;
    }
    close();
    OutputStream opened =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    fileKey = key(path);
    return opened;
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /// The process's own streams stay open.
  void close() {
    if (out != null && destination instanceof AccessLog.Destination.File) {
      try {
        out.close();
      } catch (IOException e) {
        tell(e);
      }
    }
    out = null;
  }
}
