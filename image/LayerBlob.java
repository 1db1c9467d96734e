import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.zip.GZIPOutputStream;

/// One layer in an [OciLayout]: the compressed blob, and the digest of the tar inside, which the
/// image's configuration names.
record LayerBlob(OciLayout.Blob blob, String diffId, long unpacked) {

  static LayerBlob compress(Path tar, OciLayout layout) throws IOException {
    var diffId = OciLayout.sha256();
    var blob =
        layout.add(sink -> {
          try (var gzip = new GZIPOutputStream(sink);
              var both = new DigestOutputStream(gzip, diffId)) {
            Files.copy(tar, (OutputStream) both);
          }
        });
    return new LayerBlob(blob, OciLayout.format(diffId), Files.size(tar));
  }

  long compressed() {
    return blob.size();
  }
}
