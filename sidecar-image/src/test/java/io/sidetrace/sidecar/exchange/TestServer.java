package io.sidetrace.sidecar.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server on loopback whose connections the test itself plays, one after the other.
final class TestServer implements AutoCloseable {
  private final ServerSocket listening;
  private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();

  TestServer() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::acceptAll);
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        accepted.add(new Peer(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /// The next connection that came.
  Peer accept() {
    try {
      Peer peer = accepted.poll(Peer.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      if (peer == null) {
        throw new AssertionError("no connection came");
      }
      return peer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasConnection() {
    return !accepted.isEmpty();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepted.forEach(Peer::close);
  }
}
