import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A WebSocket client on the JDK: `WebSockets.java HOST PORT`.
final class WebSockets implements WebSocket.Listener {
  private static final long LIMIT_SECONDS = 20;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<String> whole = new CompletableFuture<>();
  private final CompletableFuture<byte[]> binary = new CompletableFuture<>();
  private final CompletableFuture<String> pong = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final ByteBuffer bytes = ByteBuffer.allocate(2 << 20);

  static void main(String[] arguments) throws Exception {
    var listener = new WebSockets();
    var address = URI.create("ws://" + arguments[0] + ":" + arguments[1] + "/echo");
    var socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, listener).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    socket.sendPing(ByteBuffer.wrap("there?".getBytes())).join();
    expect(got(listener.pong).equals("there?"), "pong");
    socket.sendText("in two ", false).join();
    socket.sendText("parts", true).join();
    expect(got(listener.whole).equals("in two parts"), "text");
    byte[] mebibyte = new byte[1 << 20];
    Arrays.fill(mebibyte, (byte) 0x81);
    socket.sendBinary(ByteBuffer.wrap(mebibyte), true).join();
    expect(Arrays.equals(got(listener.binary), mebibyte), "a mebibyte");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
    expect(got(listener.closed) == WebSocket.NORMAL_CLOSURE, "closing");
  }

  private static <T> T got(CompletableFuture<T> awaited) throws Exception {
    return awaited.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what + " did not come back as it was sent");
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      whole.complete(text.toString());
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
    bytes.put(part);
    if (last) {
      binary.complete(Arrays.copyOf(bytes.array(), bytes.position()));
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer told) {
    byte[] said = new byte[told.remaining()];
    told.get(said);
    pong.complete(new String(said));
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    for (var awaited : new CompletableFuture<?>[] {whole, binary, pong, closed}) {
      awaited.completeExceptionally(failure);
    }
  }
}
