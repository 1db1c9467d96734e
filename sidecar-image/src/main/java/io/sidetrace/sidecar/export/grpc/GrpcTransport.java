package io.sidetrace.sidecar.export.grpc;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.sidetrace.sidecar.export.CollectorAddress;
import io.sidetrace.sidecar.export.EncodedBatch;
import io.sidetrace.sidecar.export.MessageFields;
import io.sidetrace.sidecar.export.MessageFields.Field;
import io.sidetrace.sidecar.export.MessageWriter;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends batches as calls, all on one connection, which is kept; another takes its place when it
/// takes no more calls, while those that it has come to their end.
///
/// Confined to its loop.
final class GrpcTransport implements Transport<EncodedBatch> {
  private final GrpcCollector collector;
  private final MessageWriter writer;
  private final EventLoop loop;
  private final Clusters clusters;
  private final Set<GrpcConnection> connections = new HashSet<>();
  private @Nullable GrpcConnection current;
  private boolean retired;

  GrpcTransport(GrpcCollector collector, MessageWriter writer, EventLoop loop, Clusters clusters) {
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
          send(
              new GrpcCall(
                  new GrpcRequest(collector, fields, batch),
                  writer.encoder(),
                  delivery -> done.accept(writer.fields().hidden(delivery))));
    }
  }

  private void send(GrpcCall call) {
    GrpcConnection ready = usable();
    if (ready != null) {
      ready.call(call, collector.timeout());
      return;
    }
    switch (CollectorAddress.next(clusters, collector.cluster())) {
      case CollectorAddress.Unknown(Delivery delivery) -> call.end(delivery);
      case CollectorAddress.Known(Cluster cluster, InetSocketAddress endpoint) -> {
        GrpcConnection made = connect(cluster, endpoint);
        made.call(call, collector.timeout());
        if (retired) {
          made.drain();
        }
      }
    }
  }

  /// The connection that takes calls, if it still leads to the collector.
  private @Nullable GrpcConnection usable() {
    GrpcConnection kept = current;
    if (kept == null || !kept.takesCalls()) {
      return null;
    }
    if (CollectorAddress.keeps(clusters.get(collector.cluster()), kept.endpoint())) {
      return kept;
    }
    kept.drain();
    return null;
  }

  private GrpcConnection connect(Cluster cluster, InetSocketAddress endpoint) {
    GrpcConnection connection = new GrpcConnection(endpoint, loop, this::ended);
    connections.add(connection);
    current = connection;
    Future<Channel> connecting = cluster.connect(loop, endpoint, connection);
    connecting.addListener(_ -> connected(connecting, connection));
    return connection;
  }

  private void connected(Future<Channel> connecting, GrpcConnection connection) {
    if (connecting.isSuccess()) {
      connection.start(connecting.resultNow());
    } else {
      connection.failed(String.valueOf(connecting.cause().getMessage()));
    }
  }

  private void ended(GrpcConnection connection) {
    connections.remove(connection);
    if (current == connection) {
      current = null;
    }
  }

  /// A connection under way ends with its calls.
  @Override
  public void retire() {
    retired = true;
    writer.fields().close();
    List.copyOf(connections).forEach(GrpcConnection::drain);
  }

  @Override
  public void close() {
    writer.fields().close();
    List.copyOf(connections).forEach(GrpcConnection::close);
  }
}
