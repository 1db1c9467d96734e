package io.sidetrace.sidecar.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server on loopback whose connections the test itself plays, one after the other.
final class TestServer implements AutoCloseable {
  private final ServerSocket listening;
  private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();

  /// All of them: a socket that nobody holds is closed when its garbage is collected.
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  TestServer() {
    this(plain());
  }

  /// @param listening may speak TLS
  TestServer(ServerSocket listening) {
    this.listening = listening;
    Thread.ofVirtual().start(this::acceptAll);
  }

  private static ServerSocket plain() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where nobody listens.
  static InetSocketAddress freeAddress() {
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) nobody.getLocalSocketAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        Peer peer = new Peer(connection);
        peers.add(peer);
        accepted.add(peer);
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
    peers.forEach(Peer::close);
  }
}
