package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.ClusterDefinition.Http;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Nearest;
import io.sidetrace.sidecar.config.provider.ClusterUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which clusters are defined and which are used, so that a use of one that is not defined is
/// refused. Used for one reading, by one thread.
final class ClusterNames implements ClusterUse {
  private static final String GRPC_FIX =
      "%s speaks HTTP/1 (expected: HTTP/2, in which gRPC is spoken: give the cluster"
          + " typed_extension_protocol_options {\"envoy.extensions.upstreams.http.v3"
          + ".HttpProtocolOptions\": {\"@type\": \"type.googleapis.com/envoy.extensions.upstreams"
          + ".http.v3.HttpProtocolOptions\", \"explicit_http_config\":"
          + " {\"http2_protocol_options\": {}}}})";

  private static final String HTTP1_FIX =
      "%s speaks HTTP/2 (expected: HTTP/1, in which spans are posted: leave"
          + " http2_protocol_options out of the cluster, or send by gRPC)";

  private final UniqueNames defined = new UniqueNames();
  private final Map<String, Http> versions = new HashMap<>();
  private final List<Use> uses = new ArrayList<>();

  /// The name that a cluster is defined by.
  String define(Field name) {
    return defined.claim(name, name.requiredText());
  }

  /// Notes which version of HTTP the cluster's endpoints are spoken to in.
  void speaks(String cluster, Http version) {
    versions.put(cluster, version);
  }

  /// The name of a cluster that something sends to.
  String use(Field name) {
    return use(name, null);
  }

  @Override
  public String of(Field name) {
    return use(name);
  }

  @Override
  public String http1(Field name) {
    return use(name, Http.HTTP1);
  }

  @Override
  public String grpc(Field name) {
    return use(name, Http.HTTP2);
  }

  private String use(Field name, @Nullable Http sent) {
    String cluster = name.requiredText();
    if (!cluster.isEmpty()) {
      uses.add(new Use(name, cluster, sent));
    }
    return cluster;
  }

  /// Refuses the uses of what is not defined, or not for what is sent. To be called when all is
  /// read.
  void check() {
    for (Use use : uses) {
      if (!defined.contains(use.cluster())) {
        use.field().refuse(unknown(use));
      } else if (use.sent() != null) {
        checkVersion(use, versions.getOrDefault(use.cluster(), use.sent()));
      }
    }
  }

  private static void checkVersion(Use use, Http spoken) {
    if (spoken == Http.OF_CLIENT) {
      use.field()
          .refuse(
              use.field().describe()
                  + " is of type ORIGINAL_DST (expected: a cluster with endpoints)");
    } else if (spoken != use.sent()) {
      String fix = spoken == Http.HTTP1 ? GRPC_FIX : HTTP1_FIX;
      use.field().refuse(fix.formatted(use.field().describe()));
    }
  }

  private String unknown(Use use) {
    String guess =
        Nearest.to(use.cluster(), defined.all())
            .map(near -> "did you mean " + near + "? ")
            .orElse("");
    return "%s is no cluster (%sexpected one of: %s)"
        .formatted(use.field().describe(), guess, String.join(", ", defined.all()));
  }

  /// @param sent the version of HTTP that is sent to it; null: none, or whichever it speaks
  private record Use(Field field, String cluster, @Nullable Http sent) {}
}
