package io.sidetrace.sidecar.intercept;

import static io.sidetrace.sidecar.intercept.ClientHello.extension;
import static io.sidetrace.sidecar.intercept.ClientHello.message;
import static io.sidetrace.sidecar.intercept.ClientHello.number;
import static io.sidetrace.sidecar.intercept.ClientHello.record;
import static io.sidetrace.sidecar.intercept.ClientHello.serverName;
import static io.sidetrace.sidecar.intercept.ClientHello.sized;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.fuzz.Corpus;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a TLS client's first bytes say of the server that it wants.
final class ServerNameReaderTest {
  /// Clients whose ClientHello the corpus has, and what they were told to ask for.
  private static final Map<String, String> CLIENTS =
      Map.of(
          "openssl", "shop.example.com",
          "openssl-tls12", "db.internal",
          "openssl-no-sni", "",
          "curl", "api.shop.example.com",
          "go", "go.example.com");

  @Test
  void clientsInUse_areRead() {
    Corpus.of("server-name").stream()
        .filter(entry -> CLIENTS.containsKey(entry.name()))
        .forEach(entry ->
            assertThat(name(entry.input())).as(entry.name()).isEqualTo(CLIENTS.get(entry.name())));
    assertThat(Corpus.of("server-name")).map(Corpus.Entry::name).containsAll(CLIENTS.keySet());
  }

  @Test
  void clientOfTheJdk_isRead() {
    assertThat(name(ClientHello.ofJdk("Shop.Example.com"))).isEqualTo("shop.example.com");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 50, 1000})
  void name_isReadFromAnyNumberOfRecords(int size) {
    String message = message(extension(43, "ab"), serverName("shop.example.com"));
    assertThat(name(ClientHello.records(message, size))).isEqualTo("shop.example.com");
  }

  @Test
  void name_isKnownAsSoonAsItHasCome() {
    String hello = ClientHello.of(serverName("shop"), extension(43, "abcdef"));
    int end = hello.indexOf("shop") + 4;
    var reader = new ServerNameReader();
    assertThat(reader.read(bytes(hello.substring(0, end - 1)))).isTrue();
    assertThat(reader.name()).isNull();
    assertThat(reader.read(bytes(hello.substring(end - 1, end)))).isFalse();
    assertThat(reader.name()).isEqualTo("shop");
  }

  @ParameterizedTest
  @MethodSource
  void anythingElse_hasNoName(String bytes) {
    var reader = new ServerNameReader();
    assertThat(reader.read(bytes(bytes))).as("wants more").isFalse();
    assertThat(reader.name()).isNull();
  }

  static Stream<Arguments> anythingElse_hasNoName() {
    String name = sized(2, "\u0000" + sized(2, "a"));
    return Stream.of(
        argumentSet("no extensions", ClientHello.of()),
        argumentSet("other extensions", ClientHello.of(extension(43, "ab"))),
        argumentSet("an alert", "\u0015\u0003\u0001\u0000\u0002\u0002\u0028"),
        argumentSet("another protocol", "\u0016\u0002\u0001\u0000\u0002"),
        argumentSet("an empty record", record("") + ClientHello.of(serverName("a"))),
        argumentSet("another record within", record("\u0001") + "\u0017\u0003\u0003\u0000\u0001a"),
        argumentSet("a ServerHello", record("\u0002" + message(serverName("a")).substring(1))),
        argumentSet("an empty name", ClientHello.of(serverName(""))),
        argumentSet("a name of 256", ClientHello.of(serverName("a".repeat(256)))),
        argumentSet("a blank in the name", ClientHello.of(serverName("a b"))),
        argumentSet("a line feed in the name", ClientHello.of(serverName("a\n"))),
        argumentSet("a quote in the name", ClientHello.of(serverName("a\""))),
        argumentSet("an IPv6 address", ClientHello.of(serverName("fd00::1"))),
        argumentSet("bytes above ASCII", ClientHello.of(serverName("\u00e9"))),
        argumentSet(
            "another type of name", ClientHello.of(extension(0, sized(2, "\u0001\u0000\u0001a")))),
        argumentSet(
            "two names",
            ClientHello.of(extension(0, sized(2, "\u0000\u0000\u0001a\u0000\u0000\u0001b")))),
        argumentSet("an empty list", ClientHello.of(extension(0, ""))),
        argumentSet(
            "a list beyond the extension",
            ClientHello.of(extension(0, number(2, 9) + name.substring(2)))),
        argumentSet(
            "a name beyond the list",
            ClientHello.of(extension(0, sized(2, "\u0000" + number(2, 9) + "a")))),
        argumentSet(
            "an extension beyond the rest", ClientHello.of(number(2, 0) + number(2, 99) + name)),
        argumentSet(
            "another extension beyond the rest",
            ClientHello.of(number(2, 5) + number(2, 99) + name)),
        argumentSet(
            "a session beyond the message", record("\u0001" + sized(3, "v".repeat(34) + "\u00ff"))),
        argumentSet(
            "17 KiB",
            ClientHello.records(
                message(extension(43, "a".repeat(17 * 1024)), serverName("a")), 16000)));
  }

  /// Row B11: what a length claims is not what is made room for.
  @Test
  void helloThatAnnounces16Mebibytes_allocatesNothing() {
    ByteBuf bytes = bytes("\u0016\u0003\u0001\u0040\u0000\u0001\u00ff\u00ff\u00ff");
    assertThat(bytes.readableBytes()).isEqualTo(9);
    new ServerNameReader().read(bytes);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var reader = new ServerNameReader();
    boolean more = reader.read(bytes);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(more).isFalse();
    assertThat(allocated).isLessThan(1024);
  }

  @Test
  void bytes_stayAsTheyAre() {
    ByteBuf bytes = bytes("xx" + ClientHello.of(serverName("a"))).skipBytes(2);
    int readable = bytes.readableBytes();
    new ServerNameReader().read(bytes);
    assertThat(bytes.readerIndex()).isEqualTo(2);
    assertThat(bytes.readableBytes()).isEqualTo(readable);
  }

  /// Empty where there is none; the same byte by byte.
  private static String name(String hello) {
    var reader = new ServerNameReader();
    reader.read(bytes(hello));
    var slow = new ServerNameReader();
    for (int i = 0; i < hello.length() && slow.read(bytes(hello.substring(i, i + 1))); i++) {}
    assertThat(slow.name()).isEqualTo(reader.name());
    return reader.name() == null ? "" : reader.name();
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
