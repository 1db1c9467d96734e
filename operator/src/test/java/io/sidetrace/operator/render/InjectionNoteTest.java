package io.sidetrace.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.fake.Injection;
import io.sidetrace.operator.fake.Samples;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InjectionNoteTest {

  @Test
  void whatTheWebhookNotes_isReadBack() {
    var note = noteOf("web", "");

    assertThat(note.config()).isEqualTo("shop/own");
    assertThat(note.hash()).hasSize(16);
    assertThat(note.version()).isEqualTo("0.1.0");
    assertThat(note.fingerprint().parts())
        .containsEntry("image", "sidecar:1")
        .containsOnlyKeys("image", "resources", "interception", "arguments", "volumes");
  }

  @Test
  void podsOfOneKind_haveOneFingerprint_whateverTheirServiceIsCalled() {
    assertThat(noteOf("web-1", "").fingerprint()).isEqualTo(noteOf("other", "").fingerprint());
  }

  @Test
  void differences_areNamed() {
    var plain = noteOf("web", "").fingerprint();
    var excluding = noteOf("web", "sidetrace.io/exclude-inbound-ports: \"9000\"").fingerprint();

    assertThat(plain.differences(plain)).isEmpty();
    assertThat(plain.differences(excluding)).containsExactly("interception");
    assertThat(plain.differences(new Fingerprint(Map.of()))).hasSize(5);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "no", "{}", "[]", "{\"config\": 1}", "{\"config\": \"a\""})
  void whatTheWebhookDidNotWrite_isNone(@Nullable String annotation) {
    assertThat(InjectionNote.parse(annotation)).isNull();
  }

  private static InjectionNote noteOf(String pod, String annotation) {
    var plain = Injection.pod("shop", pod);
    if (!annotation.isEmpty()) {
      String[] parts = annotation.split(": ", 2);
      plain.getMetadata().getAnnotations().put(parts[0], parts[1].replace("\"", ""));
    }
    var injected =
        Injection.inject(
            plain, List.of(Samples.config("shop", "own")), Injection.defaults("sidecar:1"));
    return Objects.requireNonNull(
        InjectionNote.parse(injected.getMetadata().getAnnotations().get(Keys.STATUS)));
  }
}
