package io.sidetrace.operator.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.validate.Validation.Invalid;

/// Specs as users write them, judged.
final class Judged {
  private Judged() {}

  static Validation judge(String yaml) {
    return Validator.validate(
        new KubernetesSerialization().unmarshal(yaml, TracingConfigSpec.class));
  }

  /// What is wrong with one that is not valid.
  static String faults(String yaml) {
    var validation = judge(yaml);
    assertThat(validation).isInstanceOf(Invalid.class);
    return ((Invalid) validation).format();
  }
}
