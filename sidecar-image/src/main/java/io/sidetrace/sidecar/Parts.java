package io.sidetrace.sidecar;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.sidetrace.sidecar.accept.Acceptor;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.Datadog;
import io.sidetrace.sidecar.config.provider.Lightstep;
import io.sidetrace.sidecar.config.provider.OpenTelemetry;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.SkyWalking;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.exchange.Exchanges;
import io.sidetrace.sidecar.export.Exporters;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.datadog.DatadogProtocol;
import io.sidetrace.sidecar.export.otlp.OtlpProtocol;
import io.sidetrace.sidecar.export.skywalking.SkyWalkingProtocol;
import io.sidetrace.sidecar.export.xray.XRayProtocol;
import io.sidetrace.sidecar.export.zipkin.ZipkinProtocol;
import io.sidetrace.sidecar.intercept.NetfilterDestination;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetAddress;
import java.util.Map;

/// The packages, wired. Nothing listens yet.
record Parts(
    EventLoopGroup workers,
    Clusters clusters,
    Exporters exporters,
    MalformedContexts malformedContexts,
    ConfiguredTracing tracing,
    AccessLogs accessLogs,
    Exchanges exchanges,
    Acceptor acceptor,
    ConfigInForce config) {

  /// @param loops how many event loops serve
  /// @param commandLine who this is as long as no configuration says more
  /// @param local the address that spans name as their own
  /// @param environment what custom tags may name
  static Parts wire(
      int loops, Node commandLine, InetAddress local, Map<String, String> environment) {
    var workers = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory());
    var clusters = new Clusters();
    EventLoop reporting = workers.next();
    var exporters =
        new Exporters(reporting, clusters, (provider, node) -> protocol(provider, node, local));
    var malformedContexts = new MalformedContexts();
    var tracing = new ConfiguredTracing(exporters, malformedContexts, environment);
    var accessLogs = new AccessLogs();
    var exchanges =
        new Exchanges(workers, clusters, tracing, accessLogs, new NetfilterDestination());
    var acceptor = new Acceptor(workers, exchanges);
    var config = new ConfigInForce(clusters, exporters, tracing, acceptor, commandLine);
    return new Parts(
        workers,
        clusters,
        exporters,
        malformedContexts,
        tracing,
        accessLogs,
        exchanges,
        acceptor,
        config);
  }

  /// The one place that knows every provider.
  private static Protocol protocol(Provider provider, Node node, InetAddress local) {
    return switch (provider) {
      case Datadog datadog -> DatadogProtocol.of(datadog, node, Sidecar.VERSION);
      case XRay xray -> XRayProtocol.of(xray, node);
      case Lightstep lightstep -> OtlpProtocol.of(lightstep, node, Sidecar.VERSION);
      case OpenTelemetry openTelemetry -> OtlpProtocol.of(openTelemetry, node, Sidecar.VERSION);
      case SkyWalking skyWalking -> SkyWalkingProtocol.of(skyWalking, node);
      case Zipkin zipkin -> ZipkinProtocol.of(zipkin, node, local);
    };
  }
}
