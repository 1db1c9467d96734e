import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Pushes an image archive that [OciImage] wrote: `java image/OciPush.java ARCHIVE
/// REGISTRY/REPOSITORY[:TAG]`.
///
/// The tag is the archive's own unless one is given. Registries on the loopback are spoken to in
/// plain HTTP, all others by HTTPS, with `REGISTRY_USERNAME` and `REGISTRY_PASSWORD` from the
/// environment when the registry asks.
final class OciPush {
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"sha256:([0-9a-f]{64})\"");
  private static final Pattern TAG =
      Pattern.compile("\"org.opencontainers.image.ref.name\":\"([^\"]+)\"");

  private OciPush() {}

  static void main(String... arguments) throws IOException, InterruptedException {
    try {
      push(arguments);
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("push: " + (e.getMessage() == null ? e : e.getMessage()));
      System.exit(1);
    }
  }

  private static void push(String... arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "arguments: " + arguments.length + " (expected: ARCHIVE REGISTRY/REPOSITORY[:TAG])");
    }
    var layout = Files.createTempDirectory("oci-push");
    try {
      Tar.run("-C", layout.toString(), "-xf", arguments[0]);
      push(layout, ImageReference.parse(arguments[1]));
    } finally {
      Tar.delete(layout);
    }
  }

  private static void push(Path layout, ImageReference target)
      throws IOException, InterruptedException {
    var index = Files.readString(layout.resolve("index.json"));
    var manifest = blob(layout, first(DIGEST, index));
    var tag = target.tag().isEmpty() ? first(TAG, index) : target.tag();
    var registry = new Registry(target);
    var text = Files.readString(manifest);
    for (var digest : DIGEST.matcher(text).results().map(match -> match.group(1)).toList()) {
      registry.putBlob("sha256:" + digest, blob(layout, digest));
    }
    registry.putManifest(tag, text);
    System.out.println("pushed " + target.registry() + "/" + target.repository() + ":" + tag);
  }

  private static Path blob(Path layout, String hex) {
    return layout.resolve("blobs/sha256").resolve(hex);
  }

  private static String first(Pattern pattern, String text) throws IOException {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException(
          "index.json of the archive: no " + pattern + " (expected: an archive of OciImage.java)");
    }
    return matcher.group(1);
  }
}
