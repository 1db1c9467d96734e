import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// An OCI image layout in a temporary folder: blobs by digest, then an index, then all of it as one
/// tar.
final class OciLayout implements AutoCloseable {
  private final Path root = Files.createTempDirectory("oci-layout");
  private final Path blobs = Files.createDirectories(root.resolve("blobs/sha256"));

  record Blob(String digest, long size) {}

  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream sink) throws IOException;
  }

  OciLayout() throws IOException {}

  Blob add(String text) throws IOException {
    return add(sink -> sink.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  Blob add(Content content) throws IOException {
    var digest = sha256();
    var file = Files.createTempFile(blobs, "writing", "");
    try (var sink = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      content.writeTo(sink);
    }
    var named = format(digest);
    var moved = Files.move(file, blobs.resolve(named.substring(named.indexOf(':') + 1)));
    return new Blob(named, Files.size(moved));
  }

  /// Writes the archive beside its place first, so that `output` is never half an image.
  void finish(String index, Path output) throws IOException, InterruptedException {
    Files.writeString(root.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(root.resolve("index.json"), index);
    Files.createDirectories(output.toAbsolutePath().getParent());
    var partial = output.resolveSibling(output.getFileName() + ".partial");
    Tar.run(
        "--sort=name",
        "--mtime=@0",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=a=rX",
        "-C",
        root.toString(),
        "-cf",
        partial.toString(),
        "oci-layout",
        "index.json",
        "blobs");
    Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static String format(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    Tar.delete(root);
  }
}
