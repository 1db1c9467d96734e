package io.sidetrace.sidecar.intercept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProtocolDetectorTest {
  private static final int LIMIT = 64 * 1024;

  /// A bar stands behind the byte that decides; without one more bytes are needed.
  static Stream<Arguments> firstBytes() {
    return Stream.of(
        argumentSet("HTTP/1.1", Protocol.HTTP1, "GET / HTTP/1.1\r\n|Host: a\r\n\r\n"),
        argumentSet("HTTP/1.0", Protocol.HTTP1, "GET / HTTP/1.0\r\n|\r\n"),
        argumentSet("HTTP/1 with a body", Protocol.HTTP1, "POST /a?b=c HTTP/1.1\r\n|\r\n\u0000"),
        argumentSet("absolute form", Protocol.HTTP1, "GET http://a/ HTTP/1.1\r\n|"),
        argumentSet("CONNECT", Protocol.HTTP1, "CONNECT a:443 HTTP/1.1\r\n|"),
        argumentSet("unknown method", Protocol.HTTP1, "x-9 / HTTP/1.1\r\n|"),
        argumentSet("edges of methods", Protocol.HTTP1, "AZaz09!~ ! HTTP/1.1\r\n|"),
        argumentSet("method of 32", Protocol.HTTP1, "M".repeat(32) + " / HTTP/1.1\r\n|"),
        argumentSet("target above ASCII", Protocol.HTTP1, "GET /\u00e4 HTTP/1.1\r\n|"),
        argumentSet("PRI in HTTP/1", Protocol.HTTP1, "PRI * HTTP/1.1\r\n|"),
        argumentSet("malformed line end", Protocol.HTTP1, "GET / HTTP/1.1\n|Host: a\n\n"),
        argumentSet(
            "HTTP/2", Protocol.HTTP2, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n|\u0000\u0000\u0012"),
        argumentSet("TLS 1.0 to 1.3", Protocol.TLS, "\u0016\u0003|\u0001\u0002\u0000\u0001"),
        argumentSet(
            "TLS of 16 MiB",
            Protocol.TLS,
            "\u0016\u0003|\u0003\u0040\u0000\u0001\u00ff\u00ff\u00ff"),
        argumentSet("nothing", Protocol.UNDECIDED, ""),
        argumentSet("a letter", Protocol.UNDECIDED, "G"),
        argumentSet("a letter of both HTTP versions", Protocol.UNDECIDED, "P"),
        argumentSet("half a request line", Protocol.UNDECIDED, "GET / HTTP/1."),
        argumentSet("no line feed yet", Protocol.UNDECIDED, "GET / HTTP/1.1\r"),
        argumentSet("half of HTTP/2", Protocol.UNDECIDED, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r"),
        argumentSet("record type of TLS", Protocol.UNDECIDED, "\u0016"),
        argumentSet("Redis, inline", Protocol.OTHER, "PING\r|\n"),
        argumentSet("Redis, inline with a key", Protocol.OTHER, "GET key\r|\n"),
        argumentSet("Redis, array", Protocol.OTHER, "*1\r|\n$4\r\nPING\r\n"),
        argumentSet("memcached", Protocol.OTHER, "set key 0| 0 3\r\nabc\r\n"),
        argumentSet("RTSP", Protocol.OTHER, "OPTIONS rtsp://a/b R|TSP/1.0\r\n"),
        argumentSet("SIP", Protocol.OTHER, "INVITE sip:b@a S|IP/2.0\r\n"),
        argumentSet("SSH", Protocol.OTHER, "SSH-2.0-OpenSSH_9.6\r|\n"),
        argumentSet("SSH with a comment", Protocol.OTHER, "SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r|\n"),
        argumentSet("SMTP client", Protocol.OTHER, "EHLO a.example\r|\n"),
        argumentSet("SMTP server", Protocol.OTHER, "220 a.example E|SMTP\r\n"),
        argumentSet("FTP", Protocol.OTHER, "USER anonymous\r|\n"),
        argumentSet(
            "PostgreSQL", Protocol.OTHER, "\u0000|\u0000\u0000\u0008\u0004\u00d2\u0016\u002f"),
        argumentSet("MySQL", Protocol.OTHER, "J\u0000|\u0000\u0000\n8.0"),
        argumentSet("MQTT", Protocol.OTHER, "\u0010|\u0010\u0000\u0004MQTT"),
        argumentSet("Kafka", Protocol.OTHER, "\u0000|\u0000\u0000\u0020\u0000\u0012"),
        argumentSet("AMQP", Protocol.OTHER, "AMQP\u0000|\u0000\u0009\u0001"),
        argumentSet("PROXY protocol", Protocol.OTHER, "PROXY TCP4 1|0.0.0.1 10.0.0.2 1 2\r\n"),
        argumentSet("TLS major version 2", Protocol.OTHER, "\u0016\u0002|\u0001"),
        argumentSet("TLS alert", Protocol.OTHER, "\u0015|\u0003\u0001"),
        argumentSet("HTTP/0.9", Protocol.OTHER, "GET /\r|\n"),
        argumentSet("HTTP/1.2", Protocol.OTHER, "GET / HTTP/1.2|\r\n"),
        argumentSet("HTTP/1.10", Protocol.OTHER, "GET / HTTP/1.10|\r\n"),
        argumentSet("version in lower case", Protocol.OTHER, "GET / h|ttp/1.1\r\n"),
        argumentSet("HTTP response", Protocol.OTHER, "HTTP/|1.1 200 OK\r\n"),
        argumentSet("two blanks", Protocol.OTHER, "GET  |/ HTTP/1.1\r\n"),
        argumentSet("blank before", Protocol.OTHER, " |GET / HTTP/1.1\r\n"),
        argumentSet("blank behind", Protocol.OTHER, "GET / HTTP/1.1 |\r\n"),
        argumentSet(
            "empty line before, as Telnet sends", Protocol.OTHER, "\r|\nGET / HTTP/1.1\r\n"),
        argumentSet("two carriage returns", Protocol.OTHER, "GET / HTTP/1.1\r\r|\n"),
        argumentSet("delimiter in the method", Protocol.OTHER, "G(|T / HTTP/1.1\r\n"),
        argumentSet("control in the target", Protocol.OTHER, "GET /\u007f| HTTP/1.1\r\n"),
        argumentSet("NUL in the target", Protocol.OTHER, "GET /\u0000| HTTP/1.1\r\n"),
        argumentSet("below and above letters", Protocol.OTHER, "A@| / HTTP/1.1\r\n"),
        argumentSet("method of 33", Protocol.OTHER, "M".repeat(33) + "| / HTTP/1.1\r\n"),
        argumentSet(
            "HTTP/2 with another ending", Protocol.OTHER, "PRI * HTTP/2.0\r\n\r\nSN|\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("firstBytes")
  void firstBytes_tellTheProtocol(Protocol protocol, String marked) {
    assertThat(new ProtocolDetector(LIMIT).detect(bytes(marked.replace("|", ""))))
        .isEqualTo(protocol);
  }

  /// So no protocol waits longer than it must, and the answer does not depend on the network.
  @ParameterizedTest
  @MethodSource("firstBytes")
  void firstBytes_decideAtTheFirstThatCan(Protocol protocol, String marked) {
    String text = marked.replace("|", "");
    int decisive = marked.indexOf('|');
    for (int step = 1; step <= text.length(); step++) {
      var detector = new ProtocolDetector(LIMIT);
      ByteBuf in = bytes("ab" + text).setIndex(2, 2);
      Protocol found = Protocol.UNDECIDED;
      while (found == Protocol.UNDECIDED && in.isWritable()) {
        in.writerIndex(Math.min(in.writerIndex() + step, in.capacity()));
        found = detector.detect(in);
      }
      int atMost = decisive < 0 ? text.length() : (decisive + step - 1) / step * step;
      assertThat(found).as("%d bytes at a time", step).isEqualTo(protocol);
      assertThat(in.readableBytes()).isEqualTo(Math.min(atMost, text.length()));
      assertThat(in.readerIndex()).isEqualTo(2);
    }
  }

  @Test
  void requestLine_mayBeAsLongAsTheLimitHoweverItsBytesAreCut() {
    String line = "GET /" + "a".repeat(84) + " HTTP/1.1\r\n";
    assertThat(detect(line, 100, 1)).isEqualTo(Protocol.HTTP1);
    assertThat(detect(line, 100, 100)).isEqualTo(Protocol.HTTP1);
    for (int step = 1; step <= line.length(); step++) {
      assertThat(detect(line, 99, step)).as("at %d a time", step).isEqualTo(Protocol.OTHER);
    }
  }

  @Test
  void detector_withoutRoomForALineTellsTlsFromOthers() {
    assertThat(detect("\u0016\u0003", 0, 1)).isEqualTo(Protocol.TLS);
    assertThat(detect("GET / HTTP/1.1\r\n", 0, 1)).isEqualTo(Protocol.OTHER);
  }

  @Test
  void detection_keepsNothingHoweverMuchIsAnnounced() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuf hello = bytes("\u0016\u0003\u0003\u0040\u0000\u0001\u00ff\u00ff\u00ff");
    ByteBuf line = bytes("GET /" + "a".repeat(60_000));
    new ProtocolDetector(LIMIT).detect(line);
    var forHello = new ProtocolDetector(LIMIT);
    var forLine = new ProtocolDetector(LIMIT);

    long before = threads.getCurrentThreadAllocatedBytes();
    forHello.detect(hello);
    forLine.detect(line);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("beside a class that may have to be loaded")
        .isLessThan(8 * 1024);
  }

  private static Protocol detect(String text, int limit, int step) {
    var detector = new ProtocolDetector(limit);
    ByteBuf in = bytes(text).writerIndex(0);
    Protocol found = Protocol.UNDECIDED;
    while (found == Protocol.UNDECIDED && in.isWritable()) {
      in.writerIndex(Math.min(in.writerIndex() + step, in.capacity()));
      found = detector.detect(in);
    }
    return found;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
