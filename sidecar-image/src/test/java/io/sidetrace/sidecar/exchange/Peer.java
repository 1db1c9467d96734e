package io.sidetrace.sidecar.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// One end of a raw connection, with blocking verbs; bytes are shown as Latin-1. Nothing waits
/// longer than [#TIMEOUT_MILLIS].
final class Peer implements AutoCloseable {
  static final int TIMEOUT_MILLIS = 10_000;

  /// A multiple of 256, so that pieces join to one pattern.
  private static final int PATTERN_PIECE = 64 * 1024;

  private final Socket socket;

  Peer(Socket socket) {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.socket = socket;
  }

  static Peer connect(InetSocketAddress address) {
    try {
      return new Peer(new Socket(address.getAddress(), address.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Peer send(String bytes) {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  Peer send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends so many bytes, each the low eight bits of its position, as fast as they are taken. Not
  /// to be called on a virtual thread that others wait for.
  AtomicLong sendPattern(long count) {
    AtomicLong sent = new AtomicLong();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          byte[] piece = new byte[PATTERN_PIECE];
          for (int i = 0; i < piece.length; i++) {
            piece[i] = (byte) i;
          }
          while (sent.get() < count) {
            send(piece);
            sent.addAndGet(piece.length);
          }
        });
    return sent;
  }

  /// Receives so many bytes of [#sendPattern].
  void receivePattern(long count) {
    try {
      byte[] piece = new byte[PATTERN_PIECE];
      for (long received = 0; received < count; ) {
        int wanted = (int) Math.min(piece.length, count - received);
        int read = socket.getInputStream().read(piece, 0, wanted);
        if (read < 0) {
          throw new EOFException("after " + received + " bytes (expected: " + count + ")");
        }
        for (int i = 0; i < read; i++) {
          if (piece[i] != (byte) (received + i)) {
            throw new AssertionError("wrong byte at " + (received + i));
          }
        }
        received += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String receive(int count) {
    try {
      byte[] bytes = socket.getInputStream().readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException("after " + text(bytes));
      }
      return text(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All bytes up to and with `end`.
  String receiveUntil(String end) {
    StringBuilder received = new StringBuilder();
    try {
      while (received.indexOf(end, received.length() - end.length()) < 0) {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
          throw new EOFException("after " + received);
        }
        received.append((char) octet);
      }
      return received.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("after " + received, e);
    }
  }

  /// Reads on until what came last ends in `end`: where nothing follows it, this is fast.
  void skipTo(byte[] end) {
    byte[] last = new byte[PATTERN_PIECE / 16];
    try {
      int read = socket.getInputStream().read(last);
      while (read >= 0 && !endsIn(last, read, end)) {
        int more = socket.getInputStream().read(last, read, last.length - read);
        read = more < 0 ? more : read + more;
      }
      if (read < 0) {
        throw new EOFException("before " + text(end));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean endsIn(byte[] bytes, int length, byte[] end) {
    return length >= end.length
        && Arrays.equals(bytes, length - end.length, length, end, 0, end.length);
  }

  /// A head with its empty line.
  String receiveHead() {
    return receiveUntil("\r\n\r\n");
  }

  /// All bytes until the other end sends no more.
  String receiveAll() {
    try {
      return text(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether nothing comes within a tenth of a second.
  boolean isSilent() {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS / 100);
      int octet = socket.getInputStream().read();
      throw new AssertionError("received: " + octet);
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      restoreTimeout();
    }
  }

  private void restoreTimeout() {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits for the connection's end.
  Ending awaitEnd() {
    try {
      InputStream in = socket.getInputStream();
      return in.read() < 0 ? Ending.FIN : Ending.BYTES;
    } catch (SocketException e) {
      return Ending.RESET;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads what there is, and waits for a reset.
  boolean awaitReset() {
    Ending ending = awaitEnd();
    while (ending == Ending.BYTES) {
      ending = awaitEnd();
    }
    return ending == Ending.RESET;
  }

  /// Sends, and waits for the connection's end, which may come before the bytes have gone.
  Ending awaitEndAfter(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException e) {
      return Ending.RESET;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return awaitEnd();
  }

  enum Ending {
    FIN,
    RESET,
    BYTES
  }

  Peer endOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
