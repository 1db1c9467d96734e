import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Writes an OCI image archive from layer tars, without a container engine. A source-file program: `java image/OciImage.java OPTION…`
///
///     --name NAME:TAG          what a runtime calls the image after an import
///     --layer FILE             an uncompressed tar; repeated, lowest layer first
///     --entrypoint WORD        repeated, one word each
///     --user UID[:GID]         default: root
///     --env NAME=VALUE         repeated
///     --label NAME=VALUE       repeated
///     --created INSTANT        default: the epoch, so that equal layers give an equal image
///     --output FILE            the archive
///
/// The last line on stdout is the image's name, digest and sizes.
final class OciImage {
  private static final String PREFIX = "application/vnd.oci.image.";

  private final Map<String, List<String>> options = new TreeMap<>();
  private final List<LayerBlob> layers = new ArrayList<>();

  private OciImage(String... arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            arguments[i] + ": (expected: --option value pairs; see the head of OciImage.java)");
      }
      options
          .computeIfAbsent(arguments[i].substring(2), name -> new ArrayList<>())
          .add(arguments[i + 1]);
    }
  }

  static void main(String... arguments) throws IOException, InterruptedException {
    try {
      new OciImage(arguments).write();
    } catch (IllegalArgumentException e) {
      System.err.println("image: " + e.getMessage());
      System.exit(2);
    }
  }

  private void write() throws IOException, InterruptedException {
    var name = one("name");
    var output = Path.of(one("output"));
    try (var layout = new OciLayout()) {
      for (var file : all("layer")) {
        layers.add(LayerBlob.compress(Path.of(file), layout));
      }
      var config = layout.add(config());
      var manifest = layout.add(manifest(config));
      layout.finish(index(manifest, name), output);
      System.out.printf(
          "%s %s: %,d KiB compressed, %,d KiB unpacked%n",
          name,
          manifest.digest(),
          kibibytes(LayerBlob::compressed),
          kibibytes(LayerBlob::unpacked));
    }
  }

  private String config() {
    var runtime = new TreeMap<String, Object>();
    runtime.put("User", optional("user", ""));
    runtime.put("Env", all("env"));
    runtime.put("Entrypoint", all("entrypoint"));
    runtime.put("WorkingDir", "/");
    runtime.put(
        "Labels",
        all("label").stream()
            .map(label -> label.split("=", 2))
            .collect(
                Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new)));
    var config = new TreeMap<String, Object>();
    config.put("architecture", "amd64");
    config.put("os", "linux");
    config.put("created", optional("created", "1970-01-01T00:00:00Z"));
    config.put("config", runtime);
    config.put(
        "rootfs",
        Map.of("type", "layers", "diff_ids", layers.stream().map(LayerBlob::diffId).toList()));
    return Json.write(config);
  }

  private String manifest(OciLayout.Blob config) {
    return Json.write(
        new TreeMap<>(
            Map.of(
                "schemaVersion",
                2,
                "mediaType",
                PREFIX + "manifest.v1+json",
                "config",
                descriptor("config.v1+json", config),
                "layers",
                layers.stream()
                    .map(layer -> descriptor("layer.v1.tar+gzip", layer.blob()))
                    .toList())));
  }

  /// The annotations are what importers read the name from: containerd the first, others the
  /// second.
  private String index(OciLayout.Blob manifest, String name) {
    var entry = descriptor("manifest.v1+json", manifest);
    entry.put(
        "annotations",
        new TreeMap<>(
            Map.of(
                "io.containerd.image.name",
                name,
                "org.opencontainers.image.ref.name",
                name.substring(name.lastIndexOf(':') + 1))));
    return Json.write(
        new TreeMap<>(
            Map.of(
                "schemaVersion",
                2,
                "mediaType",
                PREFIX + "index.v1+json",
                "manifests",
                List.of(entry))));
  }

  private static Map<String, Object> descriptor(String type, OciLayout.Blob blob) {
    return new TreeMap<>(
        Map.of("mediaType", PREFIX + type, "digest", blob.digest(), "size", blob.size()));
  }

  private long kibibytes(ToLongFunction<LayerBlob> size) {
    return layers.stream().mapToLong(size).sum() / 1024;
  }

  private List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  private String one(String option) {
    if (all(option).size() != 1) {
      throw new IllegalArgumentException(
          "--" + option + ": " + all(option) + " (expected: exactly one)");
    }
    return all(option).getFirst();
  }

  private String optional(String option, String otherwise) {
    return all(option).isEmpty() ? otherwise : one(option);
  }
}
