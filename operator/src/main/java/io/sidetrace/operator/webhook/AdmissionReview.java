package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Reads and writes `admission.k8s.io/v1` AdmissionReviews.
final class AdmissionReview {

  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  /// A pod nests about 12 deep and its managedFields as deep again; the rest is room for what
  /// Kubernetes adds.
  private static final int MAX_DEPTH = 100;

  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private AdmissionReview() {}

  /// What a body turned out to be.
  sealed interface Parsed {
    record Request(AdmissionRequest request) implements Parsed {}

    record Malformed(String reason) implements Parsed {}
  }

  static Parsed parse(byte[] body) {
    JsonNode review;
    try {
      review = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return new Parsed.Malformed("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String type = review.path("apiVersion").asText() + " " + review.path("kind").asText();
    if (!type.equals(API_VERSION + " " + KIND)) {
      return new Parsed.Malformed("%s (expected: %s %s)".formatted(type, API_VERSION, KIND));
    }
    JsonNode request = review.path("request");
    String uid = request.path("uid").asText();
    if (uid.isEmpty()) {
      return new Parsed.Malformed("request.uid: absent (expected: the review's identifier)");
    }
    if (!request.path("object").isObject()) {
      return new Parsed.Malformed("request.object: absent (expected: the object to admit)");
    }
    return new Parsed.Request(
        new AdmissionRequest(
            uid,
            request.path("kind").path("kind").asText(),
            request.path("namespace").asText(),
            request.path("object")));
  }

  static String format(String uid, Answer answer) {
    ObjectNode review = JSON.createObjectNode().put("apiVersion", API_VERSION).put("kind", KIND);
    ObjectNode response = review.putObject("response").put("uid", uid).put("allowed", true);
    if (!answer.patch().isEmpty()) {
      response.put("patchType", "JSONPatch");
      response.put(
          "patch",
          Base64.getEncoder()
              .encodeToString(text(answer.patch()).getBytes(StandardCharsets.UTF_8)));
    }
    if (!answer.warnings().isEmpty()) {
      answer.warnings().forEach(response.putArray("warnings")::add);
    }
    return text(review);
  }

  private static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
