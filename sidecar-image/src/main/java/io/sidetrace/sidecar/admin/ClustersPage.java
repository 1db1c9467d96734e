package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import java.util.List;

/// `/clusters` in Envoy's form, `cluster::field::value` and `cluster::endpoint::field::value`.
final class ClustersPage {
  private ClustersPage() {}

  static Answer of(List<Cluster> clusters) {
    var out = new StringBuilder();
    for (Cluster cluster : clusters) {
      line(out, cluster.name(), "type", cluster.definition().type().name());
      line(
          out,
          cluster.name(),
          "connect_timeout",
          ClusterDump.duration(cluster.definition().connectTimeout()));
      String failure = cluster.lookupFailure();
      if (failure != null) {
        line(out, cluster.name(), "lookup_failure", failure);
      }
      String tlsProblem = cluster.tlsProblem();
      if (tlsProblem != null) {
        line(out, cluster.name(), "tls_problem", tlsProblem);
      }
      for (InetSocketAddress endpoint : cluster.endpoints()) {
        line(out, cluster.name(), format(endpoint), "health_flags::healthy");
      }
    }
    return Answer.ok(out.toString());
  }

  private static void line(StringBuilder out, String cluster, String field, String value) {
    out.append(cluster).append("::").append(field).append("::").append(value).append('\n');
  }

  private static String format(InetSocketAddress endpoint) {
    String address = endpoint.getAddress().getHostAddress();
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + endpoint.getPort();
  }
}
