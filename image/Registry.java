import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/// The pushing half of the registry API v2, with Basic and Bearer authorisation on demand.
final class Registry {
  private static final Pattern CHALLENGE_FIELD =
      Pattern.compile("(realm|service|scope)=\"([^\"]*)\"");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:access_)?token\"\\s*:\\s*\"([^\"]+)\"");
  // A layer of 100 MB over a slow line of 3 Mbit/s takes about 5 minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final ImageReference target;
  private final URI repository;
  private String authorization = "";

  Registry(ImageReference target) {
    this.target = target;
    this.repository = URI.create(target.baseAddress() + "/v2/" + target.repository() + "/");
  }

  void putBlob(String digest, Path file) throws IOException, InterruptedException {
    if (send(to("blobs/" + digest).HEAD()).statusCode() == 200) {
      return;
    }
    var started = expect(202, send(to("blobs/uploads/").POST(BodyPublishers.noBody())));
    var upload =
        started
            .headers()
            .firstValue("location")
            .orElseThrow(() -> new IOException("upload: no Location header"));
    var place =
        repository.resolve(upload + (upload.contains("?") ? "&" : "?") + "digest=" + digest);
    expect(
        201,
        send(
            HttpRequest.newBuilder(place)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file))));
  }

  void putManifest(String tag, String manifest) throws IOException, InterruptedException {
    expect(
        201,
        send(
            to("manifests/" + tag)
                .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                .PUT(BodyPublishers.ofString(manifest))));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(repository.resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    request.timeout(PATIENCE);
    var response = client.send(authorized(request), BodyHandlers.ofString());
    if (response.statusCode() != 401) {
      return response;
    }
    authorization = answer(response.headers().firstValue("www-authenticate").orElse(""));
    return client.send(authorized(request), BodyHandlers.ofString());
  }

  private HttpRequest authorized(HttpRequest.Builder request) {
    return authorization.isEmpty()
        ? request.build()
        : request.setHeader("Authorization", authorization).build();
  }

  private String answer(String challenge) throws IOException, InterruptedException {
    if (!challenge.regionMatches(true, 0, "Bearer", 0, 6)) {
      return basic();
    }
    var realm = "";
    var query = new StringBuilder();
    var fields = CHALLENGE_FIELD.matcher(challenge);
    while (fields.find()) {
      if (fields.group(1).equals("realm")) {
        realm = fields.group(2);
      } else {
        query.append(query.isEmpty() ? "?" : "&").append(fields.group(1)).append('=');
        query.append(URLEncoder.encode(fields.group(2), StandardCharsets.UTF_8));
      }
    }
    var request = HttpRequest.newBuilder(URI.create(realm + query)).timeout(PATIENCE);
    if (!basic().isEmpty()) {
      request.header("Authorization", basic());
    }
    var body = expect(200, client.send(request.build(), BodyHandlers.ofString())).body();
    var token = TOKEN.matcher(body);
    if (!token.find()) {
      throw new IOException("token service " + realm + ": no token in its answer");
    }
    return "Bearer " + token.group(1);
  }

  private static String basic() {
    var user = System.getenv("REGISTRY_USERNAME");
    var password = System.getenv("REGISTRY_PASSWORD");
    if (user == null || password == null) {
      return "";
    }
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private HttpResponse<String> expect(int status, HttpResponse<String> response)
      throws IOException {
    if (response.statusCode() != status) {
      throw new IOException(
          "%s %s at %s: %d %s (expected: %d)"
              .formatted(
                  response.request().method(),
                  response.uri().getPath(),
                  target.registry(),
                  response.statusCode(),
                  response.body().strip(),
                  status));
    }
    return response;
  }
}
