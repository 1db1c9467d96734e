import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.ConfigRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes what the operator renders from a TracingConfig: `java -cp OPERATOR Rendered.java MANIFEST
/// NAMESPACE FOLDER`.
final class Rendered {
  public static void main(String[] arguments) throws IOException {
    var manifest = Files.readString(Path.of(arguments[0]));
    var config = new KubernetesSerialization().unmarshal(manifest, TracingConfig.class);
    var rendered = ConfigRenderer.render(config.getSpec(), arguments[1]);
    var folder = Files.createDirectories(Path.of(arguments[2]));
    Files.writeString(folder.resolve("bootstrap.json"), rendered.bootstrap());
    Files.writeString(folder.resolve("lds.json"), rendered.listeners());
    Files.writeString(folder.resolve("cds.json"), rendered.clusters());
  }
}
