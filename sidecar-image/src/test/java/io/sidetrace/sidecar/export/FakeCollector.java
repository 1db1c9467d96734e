package io.sidetrace.sidecar.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A collector over real sockets that behaves as it is told, message by message, and keeps its own
/// account of the spans that it got. Thread-safe.
final class FakeCollector implements AutoCloseable {
  private static final Pattern SPAN_ID = Pattern.compile("\"id\":\"([0-9a-f]{16})\"");
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)\r\n");

  /// What to do with one message.
  sealed interface Behaviour {
    /// @param head status line and fields, without the empty line
    record Answer(String head, String body) implements Behaviour {}

    /// Answers once the gate is open.
    record Slow(CountDownLatch gate) implements Behaviour {}

    /// Reads and never answers.
    record Silent() implements Behaviour {}

    /// Resets the connection instead of an answer.
    record Reset() implements Behaviour {}

    /// Resets the connection in the middle of an answer's body.
    record ResetInBody(int status) implements Behaviour {}
  }

  static final Behaviour ACCEPT = answer(202);
  private final Deque<Behaviour> script = new ArrayDeque<>();
  private final Set<Socket> open = new HashSet<>();
  private final List<String> confirmed = new ArrayList<>();
  private final List<String> heads = new ArrayList<>();
  private final List<Long> arrivals = new ArrayList<>();
  private @Nullable ServerSocket server;
  private int port;
  private int received;
  private int connections;
  private int mostOpen;
  private Behaviour otherwise = ACCEPT;

  static FakeCollector start() throws IOException {
    FakeCollector collector = new FakeCollector();
    collector.up();
    return collector;
  }

  static Behaviour answer(int status, String... fields) {
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return new Behaviour.Answer(
        "HTTP/1.1 " + status + " Whatever\r\n" + more + "content-length: 2", "ok");
  }

  /// The next messages are treated so, one each; those after them as `otherwise` says.
  synchronized FakeCollector next(Behaviour... behaviours) {
    script.addAll(List.of(behaviours));
    return this;
  }

  synchronized FakeCollector otherwise(Behaviour behaviour) {
    otherwise = behaviour;
    return this;
  }

  /// Listens, on the port of the first time.
  synchronized void up() throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server = listening;
    port = listening.getLocalPort();
    Thread.ofVirtual().start(() -> accept(listening));
  }

  /// Stops listening and resets every connection.
  synchronized void down() throws IOException {
    if (server != null) {
      server.close();
    }
    for (Socket socket : List.copyOf(open)) {
      reset(socket);
    }
  }

  int port() {
    return port;
  }

  /// Identifiers of spans in messages that were answered with 2xx, repetitions included.
  synchronized List<String> confirmed() {
    return List.copyOf(confirmed);
  }

  /// Heads of all messages.
  synchronized List<String> heads() {
    return List.copyOf(heads);
  }

  /// When each message came, by the monotonic clock.
  synchronized List<Long> arrivals() {
    return List.copyOf(arrivals);
  }

  /// Spans of all messages, answered or not.
  synchronized int received() {
    return received;
  }

  synchronized int connections() {
    return connections;
  }

  synchronized int openConnections() {
    return open.size();
  }

  synchronized int mostOpenConnections() {
    return mostOpen;
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket socket = listening.accept();
        opened(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Down: this listener is closed.
    }
  }

  private synchronized void opened(Socket socket) {
    open.add(socket);
    connections++;
    mostOpen = Math.max(mostOpen, open.size());
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      while (!head.isEmpty()) {
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        behave(socket, arrived(head, body), ids(body));
        head = head(in);
      }
    } catch (IOException | InterruptedException e) {
      // The connection ended, by either side.
    } finally {
      synchronized (this) {
        open.remove(socket);
      }
    }
  }

  private synchronized Behaviour arrived(String head, byte[] body) {
    arrivals.add(System.nanoTime());
    heads.add(head);
    received += ids(body).size();
    return script.isEmpty() ? otherwise : script.remove();
  }

  private void behave(Socket socket, Behaviour behaviour, List<String> ids)
      throws IOException, InterruptedException {
    switch (behaviour) {
      case Behaviour.Answer(String head, String body) -> {
        if (head.startsWith("HTTP/1.1 2")) {
          confirm(ids);
        }
        write(socket, head + "\r\n\r\n" + body);
      }
      case Behaviour.Slow(CountDownLatch gate) -> {
        gate.await();
        behave(socket, ACCEPT, ids);
      }
      case Behaviour.Silent() ->
          socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      case Behaviour.Reset() -> reset(socket);
      case Behaviour.ResetInBody(int status) -> {
        if (status < 300) {
          confirm(ids);
        }
        write(socket, "HTTP/1.1 " + status + " Whatever\r\ncontent-length: 1000\r\n\r\nhalf");
        reset(socket);
      }
    }
  }

  private synchronized void confirm(List<String> ids) {
    confirmed.addAll(ids);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The thread that serves the socket may close it at the same time.
  private static void reset(Socket socket) throws IOException {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (SocketException e) {
      if (!socket.isClosed()) {
        throw e;
      }
    }
    socket.close();
  }

  private static List<String> ids(byte[] body) {
    return SPAN_ID
        .matcher(new String(body, StandardCharsets.UTF_8))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  /// The head with its empty line; empty at the end of the connection.
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    down();
  }
}
