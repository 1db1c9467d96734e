package io.sidetrace.sidecar.export;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A collector that takes spans by HTTP/1.1 POST.
///
/// @param cluster the name of the cluster to connect to
/// @param host the Host field
/// @param path where spans are posted to
/// @param timeout for a message and its whole answer
/// @param fields of every message
/// @param encoder makes the encoder of one transport
public record HttpCollector(
    String cluster,
    String host,
    String path,
    Duration timeout,
    List<MessageField> fields,
    Supplier<SpanEncoder> encoder)
    implements Protocol {
  public HttpCollector {
    fields = List.copyOf(fields);
  }

  /// A collector that wants no field of its own.
  public HttpCollector(
      String cluster, String host, String path, Duration timeout, Supplier<SpanEncoder> encoder) {
    this(cluster, host, path, timeout, List.of(), encoder);
  }

  @Override
  public Transport<?> open(EventLoop loop, Clusters clusters, CollectorOptions options) {
    return new HttpTransport(
        this, new MessageWriter(encoder.get(), fields, options), loop, clusters);
  }
}
