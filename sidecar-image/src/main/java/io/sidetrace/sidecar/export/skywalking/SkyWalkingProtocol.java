package io.sidetrace.sidecar.export.skywalking;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.config.provider.SkyWalking;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.grpc.GrpcCollector;
import java.util.ArrayList;
import java.util.List;

/// How an OAP server is spoken to: a message with all segments of a batch, and one answer to it.
public final class SkyWalkingProtocol {
  private static final String METHOD = "/skywalking.v3.TraceSegmentReportService/collectInSync";

  /// The server's name for the field that it knows senders by.
  private static final String TOKEN = "authentication";

  private SkyWalkingProtocol() {}

  /// By the settings of one provider.
  public static Protocol of(SkyWalking settings, Node node) {
    OtlpService.Grpc service = settings.service();
    var sender = new Sender(settings.serviceOf(node.cluster()), settings.instanceOf(node.id()));
    return new GrpcCollector(
        service.cluster(),
        service.authority().isEmpty() ? service.cluster() : service.authority(),
        METHOD,
        service.timeout(),
        metadata(settings),
        () -> new SegmentEncoder(sender));
  }

  private static List<MessageField> metadata(SkyWalking settings) {
    List<MessageField> fields = new ArrayList<>(settings.service().metadata());
    if (!settings.backendToken().text().isEmpty()) {
      fields.add(new MessageField(TOKEN, settings.backendToken(), ""));
    }
    return fields;
  }
}
