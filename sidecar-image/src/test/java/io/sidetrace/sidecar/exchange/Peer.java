package io.sidetrace.sidecar.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// One end of a raw connection, with blocking verbs; bytes are shown as Latin-1. Nothing waits
/// longer than [#TIMEOUT_MILLIS].
final class Peer implements AutoCloseable {
  static final int TIMEOUT_MILLIS = 10_000;

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
