package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the bootstrap: who the sidecar is, its admin address, and its resources or where they are.
final class BootstrapReader {
  private static final Node NOBODY = new Node("", "", "");

  private final ListenerReader listeners;
  private final ClusterReader clusters;
  private final TracingReader tracing;
  private final RuntimeReader runtime;

  BootstrapReader(
      ListenerReader listeners,
      ClusterReader clusters,
      TracingReader tracing,
      RuntimeReader runtime) {
    this.listeners = listeners;
    this.clusters = clusters;
    this.tracing = tracing;
    this.runtime = runtime;
  }

  Bootstrap bootstrap(Message message) {
    message.named("Bootstrap");
    runtime.read(message.field("layered_runtime"));
    message.unsupported("runtime", "files of keys (expected: layered_runtime)");
    message.unsupported("stats_sinks", "metrics are only served");
    tracing.readDefault(message.field("tracing"));
    @Nullable Node node = message.field("node").message(BootstrapReader::node);
    @Nullable Resources resources = message.field("static_resources").message(this::resources);
    @Nullable Sources sources =
        message.field("dynamic_resources").message(BootstrapReader::sources);
    return new Bootstrap(
        Objects.requireNonNullElse(node, NOBODY),
        message.field("admin").message(BootstrapReader::admin),
        Objects.requireNonNullElse(resources, new Resources(List.of(), List.of())),
        Objects.requireNonNullElse(sources, new Sources(null, null)));
  }

  /// @param admin null: no admin port
  record Bootstrap(
      Node node, @Nullable SocketAddress admin, Resources resources, Sources sources) {}

  record Resources(List<Listener> listeners, List<ClusterDefinition> clusters) {}

  /// Where listeners and clusters are found, when they are not in the bootstrap.
  record Sources(@Nullable Source listeners, @Nullable Source clusters) {}

  /// @param directory what to watch, when it is not the file's own directory
  record Source(Path file, @Nullable Path directory) {}

  private static Node node(Message message) {
    message.named("Node");
    message.unsupported("metadata", "nothing uses a node's metadata");
    @Nullable String zone = message.field("locality").message(BootstrapReader::zone);
    return new Node(
        message.field("id").text(""),
        message.field("cluster").text(""),
        Objects.requireNonNullElse(zone, ""));
  }

  private static String zone(Message message) {
    message.named("Locality");
    message.field("region").text("");
    message.field("sub_zone").text("");
    return message.field("zone").text("");
  }

  private static @Nullable SocketAddress admin(Message message) {
    message.named("Admin");
    message.unsupported("access_log", "requests to the admin port are not logged");
    Field log = message.field("access_log_path");
    if (!log.text("/dev/null").equals("/dev/null")) {
      log.refuse(
          log.describe() + " (expected: /dev/null; requests to the admin port are not logged)");
    }
    return message.field("address").message(AddressReader::ip);
  }

  private Resources resources(Message message) {
    message.named("StaticResources");
    message.unsupported("secrets", "TLS is not terminated");
    return new Resources(
        message.field("listeners").messages(listeners::listener),
        message.field("clusters").messages(clusters::cluster));
  }

  private static Sources sources(Message message) {
    message.named("DynamicResources");
    message.unsupported("ads_config", "not yet (expected: files)");
    return new Sources(
        message.field("lds_config").message(BootstrapReader::source),
        message.field("cds_config").message(BootstrapReader::source));
  }

  private static Source source(Message message) {
    message.named("ConfigSource");
    message.field("resource_api_version").choice(ApiVersion.V3);
    message.unsupported("api_config_source", "not yet (expected: path_config_source)");
    message.unsupported("ads", "not yet (expected: path_config_source)");
    Source none = new Source(Path.of(""), null);
    return message.oneOf(
        none,
        List.of(
            new Alternative<>(
                "path_config_source", field -> field.requiredMessage(BootstrapReader::pathSource)),
            new Alternative<>("path", field -> new Source(FilePaths.required(field), null))));
  }

  private static Source pathSource(Message message) {
    message.named("PathConfigSource");
    return new Source(
        FilePaths.required(message.field("path")),
        message.field("watched_directory").message(BootstrapReader::directory));
  }

  private static Path directory(Message message) {
    message.named("WatchedDirectory");
    return FilePaths.required(message.field("path"));
  }

  private enum ApiVersion {
    AUTO,
    V3
  }
}
