package io.sidetrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkloadAdviceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Deployment | {"metadata":{"annotations":{"sidetrace.io/inject":"true"}}} | sidetrace: metadata.annotations[sidetrace.io/inject] on a Deployment has no effect (expected: in spec.template.metadata.annotations)
          Job        | {"metadata":{"labels":{"sidetrace.io/inject":"true"}}}      | sidetrace: metadata.labels[sidetrace.io/inject] on a Job has no effect (expected: in spec.template.metadata.labels)
          CronJob    | {"metadata":{"labels":{"sidetrace.io/config":"x"}}}         | sidetrace: metadata.labels[sidetrace.io/config] on a CronJob has no effect (expected: in spec.jobTemplate.spec.template.metadata.labels)
          """)
  void keyOnTheWorkloadsOwnMetadata_isToldWhereItBelongs(String kind, String object, String warning)
      throws Exception {
    assertThat(review(kind, object).warnings()).containsExactly(warning);
    assertThat(review(kind, object).patch()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Deployment | {"metadata":{"annotations":{"other.io/inject":"true"}}}
          Deployment | {"metadata":{}}
          Deployment | {}
          Job        | {"metadata":{"labels":{"sidetrace.io/injected":"true"}}}
          Deployment | {"spec":{"template":{"metadata":{"annotations":{"sidetrace.io/inject":"true"}}}}}
          """)
  void otherWorkloads_getNoWarning(String kind, String object) throws Exception {
    assertThat(review(kind, object).warnings()).isEmpty();
  }

  private static Answer review(String kind, String object) throws Exception {
    return new WorkloadAdvice()
        .review(new AdmissionRequest("u", kind, "ns", new ObjectMapper().readTree(object)));
  }
}
