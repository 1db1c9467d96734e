package io.sidetrace.sidecar.export.udp;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// A collector that takes each span as a datagram.
///
/// @param address where datagrams go, unless a cluster is named for them
/// @param encoder makes the encoder of one transport: each span that it writes is a datagram
public record UdpCollector(InetSocketAddress address, Supplier<SpanEncoder> encoder)
    implements Protocol {
  @Override
  public Transport<?> open(EventLoop loop, Clusters clusters, CollectorOptions options) {
    return new UdpTransport(
        encoder.get(), loop, new UdpTarget(address, options.cluster(), clusters));
  }
}
