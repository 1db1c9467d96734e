package io.sidetrace.sidecar.export.xray;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.udp.UdpCollector;

/// How AWS X-Ray's daemon is spoken to.
public final class XRayProtocol {
  private XRayProtocol() {}

  /// By the settings of one provider.
  public static Protocol of(XRay settings, Node node) {
    return new UdpCollector(
        settings.daemon(),
        () -> new SegmentEncoder(settings, node.service(settings.segmentName())));
  }
}
