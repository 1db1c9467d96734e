package io.sidetrace.sidecar.intercept;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// ClientHellos as texts of bytes, made piece by piece or by the JDK.
public final class ClientHello {
  private static final String RANDOM = "r".repeat(32);

  private ClientHello() {}

  /// In one record.
  ///
  /// @param extensions each as [#extension] makes it; none: the old form without their length
  public static String of(String... extensions) {
    return record(message(extensions));
  }

  static String message(String... extensions) {
    String body = "\u0003\u0003" + RANDOM + sized(1, "session") + sized(2, "\u0013\u0001");
    String old = body + sized(1, "\u0000");
    return "\u0001"
        + sized(3, extensions.length == 0 ? old : old + sized(2, String.join("", extensions)));
  }

  static String record(String fragment) {
    return "\u0016\u0003\u0001" + sized(2, fragment);
  }

  /// The message in records of so many bytes.
  static String records(String message, int size) {
    return Stream.iterate(0, at -> at < message.length(), at -> at + size)
        .map(at -> record(message.substring(at, Math.min(message.length(), at + size))))
        .collect(Collectors.joining());
  }

  public static String serverName(String name) {
    return extension(0, sized(2, "\u0000" + sized(2, name)));
  }

  public static String extension(int type, String content) {
    return number(2, type) + sized(2, content);
  }

  /// The content behind its length.
  static String sized(int bytes, String content) {
    return number(bytes, content.length()) + content;
  }

  static String number(int bytes, int number) {
    var text = new StringBuilder();
    for (int i = bytes - 1; i >= 0; i--) {
      text.append((char) (number >> (8 * i) & 0xff));
    }
    return text.toString();
  }

  /// What the JDK's client would say.
  static String ofJdk(String name) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      engine.setSSLParameters(parameters);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      return new String(out.array(), 0, out.position(), StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new AssertionError(e);
    }
  }

  /// Mostly well-formed: any extensions in any order, in records of any size.
  static String random(RandomGenerator random) {
    String[] extensions = new String[random.nextInt(5)];
    for (int i = 0; i < extensions.length; i++) {
      extensions[i] = randomExtension(random);
    }
    String message = message(extensions);
    return records(message, 1 + random.nextInt(random.nextBoolean() ? 20 : message.length()));
  }

  private static String randomExtension(RandomGenerator random) {
    String name = "ab.C_9-".substring(random.nextInt(8)).repeat(random.nextInt(3));
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> serverName(name);
      case 3 -> serverName(name + (char) random.nextInt(256));
      case 4 -> extension(0, sized(2, "\u0000" + sized(2, "a") + "\u0000" + sized(2, name)));
      case 5 -> serverName("x".repeat(250 + random.nextInt(10)));
      default -> extension(random.nextInt(3), "e".repeat(random.nextInt(9)));
    };
  }
}
