package io.sidetrace.operator.contract;

import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.render.RenderedConfig;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import io.sidetrace.operator.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/// A rendered configuration on disk, as a pod sees it, but for where it stands.
record RenderedDirectory(Path path, RenderedConfig config) {
  private static final ConfigReference REFERENCE =
      new ConfigReference("shop", "c", Scope.NAMESPACE);

  private static final TestAuthority AUTHORITY = new TestAuthority();

  /// Ports of the pod, which a test must not need: 0 is whichever is free.
  private static final Pattern OWN_PORT = Pattern.compile("(\"port_value\": )150(00|01|06)\\b");

  static RenderedDirectory write(SpecCase spec, Path path) throws IOException {
    var config = ConfigRenderer.render(spec.spec(), "shop");
    for (var entry : config.data(REFERENCE).entrySet()) {
      var file = entry.getKey().substring(REFERENCE.key("").length());
      Files.writeString(
          path.resolve(file), entry.getValue().replace("/etc/sidetrace", path.toString()));
    }
    writeSecrets(path);
    return new RenderedDirectory(path, config);
  }

  /// What the pod's volume would hold of the collector's Secrets.
  private static void writeSecrets(Path path) throws IOException {
    var tls = Files.createDirectories(path.resolve("tls"));
    var data = AUTHORITY.secret().getData();
    var base64 = Base64.getDecoder();
    Files.write(tls.resolve("ca.crt"), base64.decode(AUTHORITY.caBundle()));
    Files.write(tls.resolve("client.crt"), base64.decode(data.get("tls.crt")));
    Files.write(tls.resolve("client.key"), base64.decode(data.get("tls.key")));
    var credentials = Files.createDirectories(path.resolve("credentials"));
    Files.writeString(credentials.resolve("token"), "a token\n");
  }

  RenderedDirectory withFreePorts() throws IOException {
    for (var file : new String[] {"bootstrap.json", "lds.json"}) {
      var text = Files.readString(path.resolve(file));
      Files.writeString(path.resolve(file), OWN_PORT.matcher(text).replaceAll("$10"));
    }
    return this;
  }

  Path bootstrap() {
    return path.resolve("bootstrap.json");
  }
}
