package io.sidetrace.operator.webhook;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// The HTTPS side: one path for each kind of admission, a virtual thread for each request.
/// Thread-safe.
public final class WebhookServer implements AutoCloseable {

  private static final int BACKLOG =
      128; // connections; API servers keep theirs open, so a burst is a few dozen

  private final HttpsServer server;
  private final ExecutorService executor;
  private final Duration grace;

  private WebhookServer(HttpsServer server, ExecutorService executor, Duration grace) {
    this.server = server;
    this.executor = executor;
    this.grace = grace;
  }

  /// Serves until closed; closing lets requests in progress finish within the grace, and no longer.
  static WebhookServer start(
      InetSocketAddress address,
      SSLContext tls,
      Map<String, AdmissionHandler> handlers,
      Duration grace)
      throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(executor);
    handlers.forEach(server::createContext);
    server.start();
    return new WebhookServer(server, executor, grace);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop((int) grace.toSeconds());
    executor.shutdownNow();
  }
}
