package io.sidetrace.sidecar.export;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import io.sidetrace.sidecar.export.MessageFields.Field;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
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
final class HttpTransport implements Transport<EncodedBatch> {
  private final HttpCollector collector;
  private final MessageWriter writer;
  private final EventLoop loop;
  private final Clusters clusters;
  private final Set<HttpConnection> connections = new HashSet<>();
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private boolean retired;
  private boolean closed;

  HttpTransport(HttpCollector collector, MessageWriter writer, EventLoop loop, Clusters clusters) {
    this.collector = collector;
    this.writer = writer;
    this.loop = loop;
    this.clusters = clusters;
  }

  @Override
  public EncodedBatch newBatch() {
    return writer.newBatch();
  }

  @Override
  public void send(EncodedBatch batch, Consumer<Delivery> done) {
    switch (writer.fields().state()) {
      case MessageFields.State.Missing(String problem) ->
          done.accept(MessageFields.missing(problem));
      case MessageFields.State.Known(List<Field> fields) ->
          send(request(batch, fields), delivery -> done.accept(writer.fields().hidden(delivery)));
    }
  }

  private void send(FullHttpRequest request, Consumer<Delivery> done) {
    HttpConnection kept = takeIdle(clusters.get(collector.cluster()));
    if (kept != null) {
      kept.post(request, done);
      return;
    }
    switch (CollectorAddress.next(clusters, collector.cluster())) {
      case CollectorAddress.Unknown(Delivery delivery) -> {
        request.release();
        done.accept(delivery);
      }
      case CollectorAddress.Known(Cluster cluster, InetSocketAddress endpoint) ->
          connect(cluster, endpoint, request, done);
    }
  }

  private void connect(
      Cluster cluster,
      InetSocketAddress endpoint,
      FullHttpRequest request,
      Consumer<Delivery> done) {
    HttpConnection connection = new HttpConnection(endpoint, collector.timeout(), this);
    Future<Channel> connecting = cluster.connect(loop, endpoint, connection);
    connecting.addListener(_ -> connected(connecting, connection, request, done));
  }

  private void connected(
      Future<Channel> connecting,
      HttpConnection connection,
      FullHttpRequest request,
      Consumer<Delivery> done) {
    if (!connecting.isSuccess()) {
      request.release();
      done.accept(CollectorAddress.unreachable(String.valueOf(connecting.cause().getMessage())));
    } else if (closed) {
      connection.close(); // the batch was given up meanwhile
      request.release();
      done.accept(CollectorAddress.unreachable("closed while connecting"));
    } else {
      connections.add(connection);
      connection.post(request, done);
    }
  }

  /// A kept connection that still leads to the collector.
  private @Nullable HttpConnection takeIdle(@Nullable Cluster cluster) {
    while (!idle.isEmpty()) {
      HttpConnection connection = idle.removeLast();
      if (CollectorAddress.keeps(cluster, connection.endpoint())) {
        return connection;
      }
      connection.close();
    }
    return null;
  }

  private FullHttpRequest request(EncodedBatch batch, List<Field> fields) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, collector.path(), batch.content());
    HttpHeaders head = request.headers();
    fields.forEach(field -> head.add(field.name(), field.value()));
    batch.fields().forEach(field -> head.add(field.name(), field.value()));
    head.set(HttpHeaderNames.HOST, collector.host())
        .set(HttpHeaderNames.CONTENT_TYPE, writer.encoder().contentType())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    if (batch.compressed()) {
      head.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    return request;
  }

  /// What the collector says of a message that it took.
  Delivery.Accepted accepted(byte[] answer) {
    return writer.encoder().accepted(answer);
  }

  /// The connection's answer came whole, and it can carry another message.
  void rest(HttpConnection connection) {
    if (retired) {
      connection.close();
    } else {
      idle.add(connection);
    }
  }

  void forget(HttpConnection connection) {
    connections.remove(connection);
    idle.remove(connection);
  }

  @Override
  public void retire() {
    retired = true;
    writer.fields().close();
    List.copyOf(idle).forEach(HttpConnection::close);
  }

  @Override
  public void close() {
    closed = true;
    writer.fields().close();
    List.copyOf(connections).forEach(HttpConnection::close);
  }
}
