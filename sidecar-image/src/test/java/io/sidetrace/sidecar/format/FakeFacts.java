package io.sidetrace.sidecar.format;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An exchange of which a test knows what it says.
public final class FakeFacts implements ExchangeFacts {
  public static final Instant START = Instant.parse("2026-11-25T10:32:16.805123Z");

  private final Map<String, String> request = new HashMap<>();
  private final Map<String, String> response = new HashMap<>();
  private final Map<TextFact, String> texts = new EnumMap<>(TextFact.class);
  private final Map<NumberFact, Long> numbers = new EnumMap<>(NumberFact.class);

  public FakeFacts request(String name, String value) {
    request.put(name, value);
    return this;
  }

  public FakeFacts response(String name, String value) {
    response.put(name, value);
    return this;
  }

  public FakeFacts with(TextFact fact, String value) {
    texts.put(fact, value);
    return this;
  }

  public FakeFacts with(NumberFact fact, long value) {
    numbers.put(fact, value);
    return this;
  }

  /// An exchange that Envoy 1.40 logged; the tests know what it wrote.
  static FakeFacts example() {
    return new FakeFacts()
        .request(":method", "GET")
        .request(":path", "/p/a?q=1")
        .request(":authority", "127.0.0.1:7000")
        .request("user-agent", "curl/7.88.1")
        .request("x-forwarded-for", "9.9.9.9, 8.8.8.8")
        .request("x-request-id", "ebc203ef-4fb6-969c-8342-7f995b6ff2ff")
        .request("x-utf", "\u00c3\u00a9")
        .request("x-broken", "\u00ff\"\\")
        .response("x-envoy-upstream-service-time", "0")
        .response("x-up", "one")
        .with(TextFact.PROTOCOL, "HTTP/1.1")
        .with(TextFact.RESPONSE_FLAGS, "-")
        .with(TextFact.UPSTREAM_HOST, "127.0.0.1:7001")
        .with(NumberFact.RESPONSE_CODE, 200)
        .with(NumberFact.BYTES_RECEIVED, 0)
        .with(NumberFact.BYTES_SENT, 544)
        .with(NumberFact.DURATION, 1);
  }

  @Override
  public @Nullable String requestHeader(String name) {
    return request.get(name);
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return response.get(name);
  }

  @Override
  public @Nullable String text(TextFact fact) {
    return texts.get(fact);
  }

  @Override
  public long number(NumberFact fact) {
    return numbers.getOrDefault(fact, NumberFact.ABSENT);
  }

  @Override
  public long startMicros() {
    return TimeUnit.SECONDS.toMicros(START.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(START.getNano());
  }
}
