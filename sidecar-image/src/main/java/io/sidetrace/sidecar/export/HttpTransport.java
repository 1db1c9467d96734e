package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Posts batches to the endpoints of a cluster, each on a connection that has no other under way;
/// connections are kept for the next batch. There are never more of them than batches under way.
///
/// Confined to its loop.
final class HttpTransport implements Transport<HttpBatch> {
  /// A batch with a single span fits; fuller ones double it a few times.
  private static final int FIRST_BODY_BYTES = 2 * 1024;

  private final HttpCollector collector;
  private final SpanEncoder encoder;
  private final EventLoop loop;
  private final Clusters clusters;
  private final Set<HttpConnection> connections = new HashSet<>();
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private boolean retired;
  private boolean closed;

  HttpTransport(HttpCollector collector, SpanEncoder encoder, EventLoop loop, Clusters clusters) {
    this.collector = collector;
    this.encoder = encoder;
    this.loop = loop;
    this.clusters = clusters;
  }

  @Override
  public HttpBatch newBatch() {
    return new HttpBatch(encoder, ByteBufAllocator.DEFAULT.directBuffer(FIRST_BODY_BYTES));
  }

  @Override
  public void send(HttpBatch batch, Consumer<Delivery> done) {
    Cluster cluster = clusters.get(collector.cluster());
    HttpConnection kept = takeIdle(cluster);
    if (kept != null) {
      kept.post(request(batch), done);
      return;
    }
    if (cluster == null) {
      done.accept(unreachable("cluster " + collector.cluster() + " is not defined"));
      return;
    }
    InetSocketAddress endpoint = cluster.pick();
    if (endpoint == null) {
      String failure = cluster.lookupFailure();
      done.accept(unreachable(failure == null ? "no endpoint is known yet" : failure));
      return;
    }
    connect(cluster, endpoint, batch, done);
  }

  private void connect(
      Cluster cluster, InetSocketAddress endpoint, HttpBatch batch, Consumer<Delivery> done) {
    HttpConnection connection =
        new HttpConnection(endpoint, collector.timeout(), this::rest, this::forget);
    Future<Channel> connecting = cluster.connect(loop, endpoint, connection);
    connecting.addListener(_ -> connected(connecting, connection, batch, done));
  }

  private void connected(
      Future<Channel> connecting,
      HttpConnection connection,
      HttpBatch batch,
      Consumer<Delivery> done) {
    if (!connecting.isSuccess()) {
      done.accept(unreachable(String.valueOf(connecting.cause().getMessage())));
    } else if (closed) {
      connection.close(); // the batch was given up meanwhile, and its memory given back
      done.accept(unreachable("closed while connecting"));
    } else {
      connections.add(connection);
      connection.post(request(batch), done);
    }
  }

  /// A kept connection to an endpoint that the cluster still has; one whose cluster vanished serves
  /// what is left to send.
  private @Nullable HttpConnection takeIdle(@Nullable Cluster cluster) {
    while (!idle.isEmpty()) {
      HttpConnection connection = idle.removeLast();
      if (cluster == null || cluster.endpoints().contains(connection.endpoint())) {
        return connection;
      }
      connection.close();
    }
    return null;
  }

  private FullHttpRequest request(HttpBatch batch) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, collector.path(), batch.content());
    request
        .headers()
        .set(HttpHeaderNames.HOST, collector.host())
        .set(HttpHeaderNames.CONTENT_TYPE, encoder.contentType())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    return request;
  }

  /// The connection's answer came whole, and it can carry another message.
  private void rest(HttpConnection connection) {
    if (retired) {
      connection.close();
    } else {
      idle.add(connection);
    }
  }

  private void forget(HttpConnection connection) {
    connections.remove(connection);
    idle.remove(connection);
  }

  @Override
  public void retire() {
    retired = true;
    List.copyOf(idle).forEach(HttpConnection::close);
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(connections).forEach(HttpConnection::close);
  }

  private static Delivery unreachable(String detail) {
    return new Delivery.Postponed(DropReason.UNREACHABLE, detail, Duration.ZERO);
  }
}
