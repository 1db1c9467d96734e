package io.sidetrace.sidecar.export;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.report.Transport;
import io.sidetrace.sidecar.upstream.Clusters;

/// How the collector of one provider is spoken to; immutable.
public interface Protocol {
  /// A transport confined to that loop; it connects when its first batch is sent.
  Transport<?> open(EventLoop loop, Clusters clusters, CollectorOptions options);

  /// The choice of a protocol by a provider's settings: the composition root's one `switch`.
  @FunctionalInterface
  interface Choice {
    Protocol of(Provider provider, Node node);
  }
}
