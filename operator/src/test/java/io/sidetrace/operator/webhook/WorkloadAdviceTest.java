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
          Deployment | {"metadata":{"name":"shop","annotations":{"sidetrace.io/inject":"true"}}} | sidetrace.io/inject: on the metadata of Deployment shop itself (expected: in spec.template.metadata); it is ignored
          Job        | {"metadata":{"name":"shop","labels":{"sidetrace.io/inject":"true"}}}      | sidetrace.io/inject: on the metadata of Job shop itself (expected: in spec.template.metadata); it is ignored
          CronJob    | {"metadata":{"name":"shop","labels":{"sidetrace.io/config":"x"}}}         | sidetrace.io/config: on the metadata of CronJob shop itself (expected: in spec.jobTemplate.spec.template.metadata); it is ignored
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
          Deployment | {"metadata":{"labels":{"sidetrace.io/inject":"true"}},"spec":{"template":{"metadata":{"labels":{"sidetrace.io/inject":"true"}}}}}
          CronJob    | {"metadata":{"labels":{"sidetrace.io/inject":"true"}},"spec":{"jobTemplate":{"spec":{"template":{"metadata":{"labels":{"sidetrace.io/inject":"true"}}}}}}}
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
