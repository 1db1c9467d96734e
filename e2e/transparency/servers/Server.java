import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// The corpus's server on the JDK: `Server.java PORT`.
final class Server {
  private static final long NO_BODY = -1;
  private static final long CHUNKED = 0;
  private static final byte[] BIG = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

  static void main(String[] arguments) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    var server = HttpServer.create(address, 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Server::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestURI().getPath()) {
      case "/chunked" -> send(exchange, 200, CHUNKED, "one, two and a half, three".getBytes(StandardCharsets.US_ASCII));
      case "/empty" -> send(exchange, 204, NO_BODY, new byte[0]);
      case "/unmodified" -> send(exchange, 304, NO_BODY, new byte[0]);
      case "/big" -> send(exchange, 200, BIG.length, BIG);
      case "/echo" -> send(exchange, 200, body.length == 0 ? NO_BODY : body.length, body);
      default -> send(exchange, 200, 6, "small\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void send(HttpExchange exchange, int status, long length, byte[] body) throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? NO_BODY : length);
      if (!head && length != NO_BODY) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
