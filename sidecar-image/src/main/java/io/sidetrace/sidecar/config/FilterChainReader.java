package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.CollectorOptionsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the filter chains of a listener and finds out which serves HTTP and which the rest.
final class FilterChainReader {
  private static final Duration TCP_IDLE_TIMEOUT = Duration.ofHours(1);

  /// What an `http_inspector` can find in first bytes.
  private static final Set<String> HTTP1 = Set.of("http/1.0", "http/1.1");

  private static final Set<String> HTTP = Set.of("http/1.0", "http/1.1", "h2c");

  /// For a listener whose chains were refused.
  private static final Served PLACEHOLDER =
      new Served(null, new TcpProxy("", "", TCP_IDLE_TIMEOUT), Detection.NONE);

  private final ClusterNames clusters;
  private final AccessLogReader accessLogs;
  private final CollectorOptionsReader collectors;
  private final Extensions<NetworkFilter> filters;

  FilterChainReader(
      ClusterNames clusters, HttpConnectionManagerReader managers, AccessLogReader accessLogs) {
    this.clusters = clusters;
    this.collectors = new CollectorOptionsReader(clusters);
    this.accessLogs = accessLogs;
    this.filters =
        new Extensions<NetworkFilter>()
            .with(
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                managers::manager,
                "envoy.filters.network.http_connection_manager",
                "envoy.http_connection_manager")
            .with(
                "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                this::tcpProxy,
                "envoy.filters.network.tcp_proxy",
                "envoy.tcp_proxy");
  }

  /// @param detection which first bytes decide between the two
  record Served(NetworkFilter.@Nullable Http http, @Nullable TcpProxy tcp, Detection detection) {}

  /// Reads `filter_chains` and `default_filter_chain` of a listener.
  ///
  /// @param inspected whether the listener looks for HTTP in first bytes
  Served read(Message listener, boolean inspected) {
    Field field = listener.field("filter_chains");
    List<Chain> forHttp = new ArrayList<>();
    List<Chain> forAll = new ArrayList<>();
    List<Chain> chains = field.messages(this::chain);
    for (Chain chain : chains) {
      if (chain.matches() == Detection.NONE) {
        forAll.add(chain);
      } else {
        forHttp.add(chain);
      }
    }
    Field rest = listener.field("default_filter_chain");
    @Nullable Chain last = rest.message(this::chain);
    if (last != null) {
      forAll.add(last);
    }
    if (field.size() == 0 && !rest.isGiven()) {
      field.refuse("no filter chain (expected: at least one)");
    }
    if (!forHttp.isEmpty() && !inspected) {
      field.refuse("application_protocols without listener filter http_inspector (expected: both)");
    }
    Served served = served(field, forHttp, forAll);
    if (chains.size() == field.size()) { // what another chain has, one that was refused might have
      forHttp.forEach(chain -> refuseSpans(chain, served));
      forAll.forEach(chain -> refuseSpans(chain, served));
    }
    return served;
  }

  /// Spans of connections are made as those of requests are, so the listener must have the latter.
  private static void refuseSpans(Chain chain, Served served) {
    ChainMetadata metadata = chain.metadata();
    if (metadata == null || !metadata.connectionSpans()) {
      return;
    }
    if (chain.filter() instanceof NetworkFilter.Http) {
      metadata
          .field()
          .refuse("true on a chain of http_connection_manager (expected: on one of tcp_proxy)");
    } else if (served.http() == null || served.http().manager().tracing() == null) {
      metadata
          .field()
          .refuse(
              "true in a listener without tracing (expected: an http_connection_manager with"
                  + " tracing in another chain of the listener)");
    }
  }

  private static Served served(Field field, List<Chain> forHttp, List<Chain> forAll) {
    if (forHttp.size() > 1 || forAll.size() > 1) {
      field.refuse(
          "%d chains for http/1.0 and http/1.1, %d for all (expected: at most one of each)"
              .formatted(forHttp.size(), forAll.size()));
    }
    NetworkFilter.@Nullable Http http = null;
    Detection detection = Detection.NONE;
    if (!forHttp.isEmpty() && forHttp.getFirst().filter() instanceof NetworkFilter.Http first) {
      http = first;
      detection = forHttp.getFirst().matches();
      if (detection == Detection.HTTP1_AND_HTTP2 && first.codec() == NetworkFilter.Codec.HTTP1) {
        field.refuse("h2c for a connection manager of codec_type HTTP1 (expected: AUTO)");
      }
    } else if (!forHttp.isEmpty()) {
      field.refuse("tcp_proxy for http/1.0 and http/1.1 (expected: http_connection_manager)");
    }
    if (forAll.isEmpty()) {
      return http == null ? PLACEHOLDER : new Served(http, null, detection);
    }
    return switch (forAll.getFirst().filter()) {
      case NetworkFilter.Tcp(var proxy) -> new Served(http, proxy, detection);
      case NetworkFilter.Http all -> {
        if (http != null) {
          field.refuse("two connection managers (expected: one, and a tcp_proxy for the rest)");
        }
        yield new Served(all, null, Detection.NONE);
      }
    };
  }

  private record Chain(Detection matches, NetworkFilter filter, @Nullable ChainMetadata metadata) {}

  private @Nullable Chain chain(Message message) {
    message.named("FilterChain");
    message.field("name").text("");
    message.unsupported("transport_socket", "TLS is not terminated");
    message.unsupported("tls_context", "TLS is not terminated");
    @Nullable Detection matches =
        message.field("filter_chain_match").message(FilterChainReader::detection);
    @Nullable ChainMetadata metadata =
        message.field("metadata").message(inner -> ChainMetadata.read(inner, collectors));
    Field field = message.field("filters");
    List<NetworkFilter> chain = field.messages(this::filter);
    if (field.size() != 1) {
      field.refuse(field.size() + " filters (expected: http_connection_manager or tcp_proxy)");
    }
    if (chain.isEmpty()) {
      return null;
    }
    NetworkFilter filter = chain.getFirst();
    if (metadata != null) {
      metadata.refuseWithoutTracing(filter);
      filter = filter.asked(metadata);
    }
    return new Chain(matches == null ? Detection.NONE : matches, filter, metadata);
  }

  private static Detection detection(Message message) {
    message.named("FilterChainMatch");
    Field field = message.field("application_protocols");
    List<String> protocols = field.texts();
    if (protocols.isEmpty()) {
      return Detection.NONE;
    }
    Set<String> given = Set.copyOf(protocols);
    if (!given.equals(HTTP1) && !given.equals(HTTP)) {
      field.refuse(
          String.join(", ", protocols) + " (expected: http/1.0 and http/1.1, with h2c or without)");
    }
    return given.contains("h2c") ? Detection.HTTP1_AND_HTTP2 : Detection.HTTP1;
  }

  private @Nullable NetworkFilter filter(Message message) {
    message.named("Filter");
    return filters.read(message);
  }

  private NetworkFilter.Tcp tcpProxy(Message message) {
    message.named("TcpProxy");
    message.unsupported("weighted_clusters", "not yet (expected: cluster)");
    return new NetworkFilter.Tcp(
        new TcpProxy(
            message.field("stat_prefix").requiredText(),
            clusters.use(message.field("cluster")),
            message.field("idle_timeout").duration(TCP_IDLE_TIMEOUT),
            accessLogs.accessLogs(message.field("access_log"))));
  }
}
