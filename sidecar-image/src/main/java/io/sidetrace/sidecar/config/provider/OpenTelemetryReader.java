package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/// Reads the settings of [OpenTelemetry].
final class OpenTelemetryReader {
  /// Of OTLP's own exporters; Envoy waits for calls by gRPC without end.
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final OtlpService PLACEHOLDER = new OtlpService.Grpc("", "", TIMEOUT, List.of());

  private final ClusterUse clusters;
  private final ResourceReader resources;

  OpenTelemetryReader(ClusterUse clusters, ResourceReader resources) {
    this.clusters = clusters;
    this.resources = resources;
  }

  OpenTelemetry read(Message message) {
    message.named("OpenTelemetryConfig");
    // Batches are bounded by their bytes; a bound in spans is read so that the file serves both.
    message.field("max_cache_size").integer(0, Integer.MAX_VALUE, 0);
    OtlpService service =
        message.oneOf(
            PLACEHOLDER,
            List.of(
                new Alternative<>("grpc_service", this::grpc),
                new Alternative<>("http_service", this::http)));
    return new OpenTelemetry(
        service,
        message.field("service_name").text(""),
        resources.read(message.field("resource_detectors")),
        OpenTelemetrySamplerReader.read(message.field("sampler")));
  }

  private OtlpService grpc(Field field) {
    return field.requiredMessage(this::grpcService);
  }

  /// Envoy's `GrpcService`.
  OtlpService.Grpc grpcService(Message message) {
    message.named("GrpcService");
    message.unsupported("google_grpc", "there is one client of gRPC (expected: envoy_grpc)");
    message.unsupported("retry_policy", "batches are tried again by what the collector answers");
    Target target = message.field("envoy_grpc").requiredMessage(this::envoyGrpc);
    return new OtlpService.Grpc(
        target.cluster(),
        target.authority(),
        message.field("timeout").positiveDuration(TIMEOUT),
        message.field("initial_metadata").messages(MessageFieldReader::headerValue));
  }

  private record Target(String cluster, String authority) {}

  private Target envoyGrpc(Message message) {
    message.named("EnvoyGrpc");
    message.unsupported("retry_policy", "batches are tried again by what the collector answers");
    message.unsupported("max_receive_message_length", "answers are read to 32 KiB");
    message.field("skip_envoy_headers").flag(false);
    return new Target(
        clusters.grpc(message.field("cluster_name")), message.field("authority").text(""));
  }

  private OtlpService http(Field field) {
    return field.requiredMessage(this::httpService);
  }

  private OtlpService httpService(Message message) {
    message.named("HttpService");
    message.unsupported("formatters", "there are no others than Envoy's own");
    OtlpService.Http service = message.field("http_uri").requiredMessage(this::httpUri);
    return new OtlpService.Http(
        service.cluster(),
        service.host(),
        service.path(),
        service.timeout(),
        MessageFieldReader.headersToAdd(message.field("request_headers_to_add")));
  }

  private OtlpService.Http httpUri(Message message) {
    message.named("HttpUri");
    URI uri = uri(message.field("uri"));
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new OtlpService.Http(
        clusters.http1(message.field("cluster")),
        uri.getRawAuthority(),
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
        timeout(message.field("timeout")),
        List.of());
  }

  private static Duration timeout(Field field) {
    if (!field.isGiven()) {
      field.refuse("missing (expected: seconds, such as \"10s\")");
    }
    return field.positiveDuration(TIMEOUT);
  }

  /// Whether TLS is spoken, and where to, is the cluster's to say: scheme and port are not looked
  /// at.
  private static URI uri(Field field) {
    String text = field.requiredText();
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      // Not by its host: java.net knows none with an underscore, but resolvers do.
      String authority = uri.getRawAuthority();
      boolean plain = authority != null && authority.indexOf('@') < 0;
      if (http && plain && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // refused below, as a URI of another kind is
    }
    if (!text.isEmpty()) {
      field.refuse(
          field.describe() + " (expected: a URI, such as http://collector:4318/v1/traces)");
    }
    return URI.create("http://refused/");
  }
}
