package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;

/// Reads `collector` of our own metadata.
public final class CollectorOptionsReader {
  private final ClusterUse clusters;

  public CollectorOptionsReader(ClusterUse clusters) {
    this.clusters = clusters;
  }

  public CollectorOptions read(Message message) {
    message.named("io.sidetrace.collector");
    Field cluster = message.field("cluster");
    return new CollectorOptions(
        cluster.isGiven() ? clusters.of(cluster) : "",
        message.field("compression").choice(Compression.NONE),
        message.field("credentials").messages(MessageFieldReader::credential));
  }
}
