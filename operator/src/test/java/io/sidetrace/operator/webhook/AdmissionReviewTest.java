package io.sidetrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdmissionReviewTest {

  @Test
  void review_isRead() {
    var parsed =
        parse(
            """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u1",
             "kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"shop",
             "object":{"metadata":{"unknown":1}}}}
            """);

    assertThat(parsed)
        .isEqualTo(
            new AdmissionReview.Parsed.Request(
                new AdmissionRequest(
                    "u1",
                    "Pod",
                    "shop",
                    JsonNodeFactory.instance
                        .objectNode()
                        .set(
                            "metadata", JsonNodeFactory.instance.objectNode().put("unknown", 1)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                     | (expected: admission.k8s.io/v1 AdmissionReview)
          nonsense                                                               | not JSON
          {"a":                                                                  | not JSON
          []                                                                     | (expected: admission.k8s.io/v1 AdmissionReview)
          {"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"}     | admission.k8s.io/v1beta1 AdmissionReview (expected:
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}          | request.uid: absent
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u"}} | request.object: absent
          """)
  void whatIsNoReview_isMalformedWithWhatWasExpected(String body, String reason) {
    assertThat(parse(body))
        .isInstanceOfSatisfying(
            AdmissionReview.Parsed.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains(reason));
  }

  @Test
  void nestingBeyondTheLimit_isMalformed() {
    assertThat(parse("[".repeat(100_000)))
        .isInstanceOfSatisfying(
            AdmissionReview.Parsed.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains("nesting depth"));
  }

  @Test
  void answer_carriesPatchAndWarnings() throws Exception {
    var patch = JsonNodeFactory.instance.arrayNode();
    patch.addObject().put("op", "remove").put("path", "/a");

    var review =
        new ObjectMapper()
            .readTree(AdmissionReview.format("u1", new Answer(patch, List.of("careful"))));

    assertThat(review.at("/kind").asText()).isEqualTo("AdmissionReview");
    assertThat(review.at("/response/uid").asText()).isEqualTo("u1");
    assertThat(review.at("/response/allowed").asBoolean()).isTrue();
    assertThat(review.at("/response/patchType").asText()).isEqualTo("JSONPatch");
    assertThat(review.at("/response/warnings/0").asText()).isEqualTo("careful");
    assertThat(Base64.getDecoder().decode(review.at("/response/patch").asText()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("[{\"op\":\"remove\",\"path\":\"/a\"}]");
  }

  @Test
  void answerWithoutChange_hasNoPatchAtAll() {
    assertThat(AdmissionReview.format("u1", Answer.unchanged(List.of())))
        .isEqualTo(
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                + "\"response\":{\"uid\":\"u1\",\"allowed\":true}}");
  }

  @Test
  void moreWarningsThanAnybodyReads_areCounted() {
    var answer = Answer.unchanged(IntStream.range(0, 20).mapToObj(i -> "warning " + i).toList());

    assertThat(answer.warnings()).hasSize(17).last().isEqualTo("sidetrace: and 4 more warnings");
  }

  private static AdmissionReview.Parsed parse(String body) {
    return AdmissionReview.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
