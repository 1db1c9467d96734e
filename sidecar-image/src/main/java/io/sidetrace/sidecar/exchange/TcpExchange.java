package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.NumberFact;
import io.sidetrace.sidecar.format.TextFact;
import io.sidetrace.sidecar.tracing.SpanClock;
import io.sidetrace.sidecar.tracing.TracedConnection;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection that is relayed, as formats and tracing see it. Event-loop confined.
final class TcpExchange implements ExchangeFacts {
  private final Wire client;
  private final LoopTools tools;
  private final long startMicros;
  private final long startNanos;
  String cluster = "";

  /// Where a redirected client meant to go; null for all others.
  @Nullable InetSocketAddress meantFor;

  /// Where it went; null when nowhere.
  @Nullable InetSocketAddress upstream;

  String flag = ResponseFlag.NONE;

  /// From the client.
  private long bytesReceived;

  private long bytesSent;

  /// @param startNanos when the connection began, on the loop's clock
  TcpExchange(Wire client, LoopTools tools, long startNanos) {
    this.client = client;
    this.tools = tools;
    this.startNanos = startNanos;
    this.startMicros = SpanClock.systemMicros() - elapsed(TimeUnit.MICROSECONDS);
  }

  Wire client() {
    return client;
  }

  void received(long bytes) {
    bytesReceived += bytes;
  }

  void sent(long bytes) {
    bytesSent += bytes;
  }

  /// What tracing asks of it, up to now.
  TracedConnection traced(String transport, @Nullable String serverName) {
    String meant = ClientAddresses.format(meantFor);
    return new TracedConnection(transport, serverName, meant, elapsed(TimeUnit.MICROSECONDS), this);
  }

  private long elapsed(TimeUnit unit) {
    return unit.convert(tools.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public @Nullable String requestHeader(String name) {
    return null;
  }

  @Override
  public @Nullable String responseHeader(String name) {
    return null;
  }

  @Override
  public @Nullable String text(TextFact fact) {
    ClientAddresses addresses = new ClientAddresses(client, meantFor);
    return switch (fact) {
      case RESPONSE_FLAGS -> flag;
      case UPSTREAM_HOST -> ClientAddresses.format(upstream);
      case UPSTREAM_CLUSTER -> cluster.isEmpty() ? null : cluster;
      case DOWNSTREAM_REMOTE_ADDRESS, DOWNSTREAM_DIRECT_REMOTE_ADDRESS ->
          ClientAddresses.format(addresses.peer());
      case DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT, DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT ->
          ClientAddresses.ip(addresses.peer());
      case DOWNSTREAM_LOCAL_ADDRESS -> ClientAddresses.format(addresses.local());
      case DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT -> ClientAddresses.ip(addresses.local());
      case PROTOCOL, ROUTE_NAME, TRACE_ID, SPAN_ID, STREAM_ID -> null;
    };
  }

  @Override
  public long number(NumberFact fact) {
    return switch (fact) {
      case BYTES_RECEIVED -> bytesReceived;
      case BYTES_SENT -> bytesSent;
      case DURATION -> elapsed(TimeUnit.MILLISECONDS);
      case RESPONSE_CODE, REQUEST_HEADERS_BYTES, RESPONSE_HEADERS_BYTES -> 0;
      case RESPONSE_DURATION, RESPONSE_TX_DURATION -> NumberFact.ABSENT;
    };
  }

  @Override
  public long startMicros() {
    return startMicros;
  }
}
