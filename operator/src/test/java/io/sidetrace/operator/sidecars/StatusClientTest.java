package io.sidetrace.operator.sidecars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.SidecarReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Against servers that are no sidecars: what a hostile pod may answer.
final class StatusClientTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String GOOD = "{\"config\":{\"state\":\"applied\",\"applied\":\"ab\"}}";

  /// The client's own limit and what a busy machine adds.
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final ServerSocket listening = listen();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final StatusClient client = new StatusClient(listening.getLocalPort());

  @AfterEach
  void close() throws IOException {
    client.close();
    listening.close();
  }

  @Test
  void sidecar_isAskedForItsStatus() throws Exception {
    answerWith(out -> send(out, head(200, GOOD.length()) + GOOD));

    assertThat(client.ask(LOOPBACK))
        .isEqualTo(new Reading.Answered(new SidecarReport("ab", null, null, null, null)));
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        argumentSet("closes", (Answer) out -> {}, "cannot be asked"),
        argumentSet("no HTTP", (Answer) out -> send(out, "SSH-2.0\r\n\r\n"), "cannot be asked"),
        argumentSet("500", (Answer) out -> send(out, head(500, 2) + "{}"), "answers 500"),
        argumentSet(
            "leads elsewhere",
            (Answer)
                out ->
                    send(
                        out,
                        "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"),
            "answers 302"),
        argumentSet("no JSON", (Answer) out -> send(out, head(200, 2) + "no"), "not JSON"),
        argumentSet("says nothing", (Answer) out -> forever(out, ""), "within 2 s"),
        argumentSet(
            "a head without end",
            (Answer) out -> forever(out, "HTTP/1.1 200 OK\r\n"),
            "within 2 s"),
        argumentSet(
            "a body byte by byte",
            (Answer)
                out -> {
                  send(out, head(200, 1000));
                  while (true) {
                    send(out, " ");
                    pause();
                  }
                },
            "within 2 s"),
        argumentSet(
            "a body without end",
            (Answer)
                out -> {
                  send(out, "HTTP/1.1 200 OK\r\n\r\n");
                  while (true) {
                    send(out, " ".repeat(1 << 16));
                  }
                },
            "cannot be asked"),
        argumentSet(
            "headers without end",
            (Answer)
                out -> {
                  send(out, "HTTP/1.1 200 OK\r\n");
                  while (true) {
                    send(out, "x: " + "y".repeat(1 << 14) + "\r\n");
                  }
                },
            "cannot be asked"),
        argumentSet(
            "interim answers without end",
            (Answer)
                out -> {
                  while (true) {
                    send(out, "HTTP/1.1 103 Early Hints\r\n\r\n");
                  }
                },
            ""));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whoeverAnswersWrongly_isSilentWithinABoundedTime(Answer answer, String why)
      throws Exception {
    answerWith(answer);
    long began = System.nanoTime();

    assertThat(client.ask(LOOPBACK))
        .isInstanceOfSatisfying(
            Reading.Silent.class, silent -> assertThat(silent.why()).contains(why));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
    assertThat(asked).containsExactly("GET /status HTTP/1.1"); // it followed nobody
  }

  @Test
  void closedPort_isSilence() throws Exception {
    listening.close();

    assertThat(client.ask(LOOPBACK)).isInstanceOf(Reading.Silent.class);
  }

  /// Writes what a test wants to a connection on which a request came.
  private interface Answer {
    void write(OutputStream out) throws IOException;
  }

  private void answerWith(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          while (true) {
            try (Socket connection = listening.accept()) {
              byte[] request = new byte[4096];
              int length = connection.getInputStream().read(request);
              asked.add(new String(request, 0, length, UTF_8).lines().findFirst().orElse(""));
              answer.write(connection.getOutputStream());
            } catch (IOException e) {
              if (listening.isClosed()) {
                return;
              }
            }
          }
        });
  }

  private static void forever(OutputStream out, String begin) throws IOException {
    send(out, begin);
    while (true) {
      pause();
      out.flush();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(int status, int length) {
    return "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n".formatted(status, length);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 10, LOOPBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
