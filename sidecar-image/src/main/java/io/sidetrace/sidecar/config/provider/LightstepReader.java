package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.Lightstep.PropagationMode;
import io.sidetrace.sidecar.config.provider.MessageField.Source;
import java.util.List;

/// Reads the settings of [Lightstep], which Envoy had until 2021.
final class LightstepReader {
  private static final Source PLACEHOLDER = new Source.Inline("");

  private final ClusterUse clusters;

  LightstepReader(ClusterUse clusters) {
    this.clusters = clusters;
  }

  Lightstep read(Message message) {
    message.named("LightstepConfig");
    String cluster = clusters.grpc(message.field("collector_cluster"));
    Source token =
        message.oneOf(
            PLACEHOLDER,
            List.of(
                new Alternative<>("access_token", LightstepReader::dataSource),
                new Alternative<>("access_token_file", MessageFieldReader::file)));
    Field field = message.field("propagation_modes");
    List<PropagationMode> modes = field.elements(mode -> mode.choice(PropagationMode.ENVOY));
    return new Lightstep(cluster, token, modes.isEmpty() ? List.of(PropagationMode.ENVOY) : modes);
  }

  private static Source dataSource(Field field) {
    return field.requiredMessage(LightstepReader::token);
  }

  private static Source token(Message message) {
    message.named("DataSource (of a token)");
    message.unsupported("inline_bytes", "not yet (expected: inline_string)");
    message.unsupported("environment_variable", "not yet (expected: filename)");
    return message.oneOf(
        PLACEHOLDER,
        List.of(
            new Alternative<>("filename", MessageFieldReader::file),
            new Alternative<>("inline_string", MessageFieldReader::inline)));
  }
}
