package io.sidetrace.sidecar.export.grpc;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.export.MessageWriter;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A collector that takes spans by unary calls of gRPC, or by streams of one message, which are the
/// same on the wire.
///
/// @param cluster the name of the cluster to connect to, which speaks HTTP/2
/// @param authority the authority that calls name
/// @param path of the method: `/PACKAGE.SERVICE/METHOD`
/// @param timeout for a call, of which the collector is told
/// @param metadata of every call
/// @param encoder makes the encoder of one transport, which writes a call's message
public record GrpcCollector(
    String cluster,
    String authority,
    String path,
    Duration timeout,
    List<MessageField> metadata,
    Supplier<SpanEncoder> encoder)
    implements Protocol {
  public GrpcCollector {
    metadata = List.copyOf(metadata);
  }

  @Override
  public Transport<?> open(EventLoop loop, Clusters clusters, CollectorOptions options) {
    return new GrpcTransport(
        this, new MessageWriter(encoder.get(), metadata, options), loop, clusters);
  }
}
