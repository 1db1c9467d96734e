package io.sidetrace.sidecar.export;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.util.function.Supplier;

/// A collector that takes spans by HTTP/1.1 POST.
///
/// @param cluster the name of the cluster to connect to
/// @param host the Host field
/// @param path where spans are posted to
/// @param timeout for a message and its whole answer
/// @param encoder makes the encoder of one transport
public record HttpCollector(
    String cluster, String host, String path, Duration timeout, Supplier<SpanEncoder> encoder)
    implements Protocol {
  @Override
  public Transport<?> open(EventLoop loop, Clusters clusters) {
    return new HttpTransport(this, encoder.get(), loop, clusters);
  }
}
