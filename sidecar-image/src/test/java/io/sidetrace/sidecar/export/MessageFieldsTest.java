package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.MessageField.Source;
import io.sidetrace.sidecar.export.MessageFields.Field;
import io.sidetrace.sidecar.export.MessageFields.State;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class MessageFieldsTest {
  private static final Duration OFTEN = Duration.ofMillis(2);

  @TempDir Path directory;

  private MessageField bearer() {
    return new MessageField(
        "authorization", new Source.File(directory.resolve("token")), "Bearer ");
  }

  private void write(String text) throws Exception {
    // As the kubelet does: never half a file.
    Path next = directory.resolve("next");
    Files.writeString(next, text, StandardCharsets.ISO_8859_1);
    Files.move(next, directory.resolve("token"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void changedFile_isReadAgain() throws Exception {
    write("one\n");
    try (MessageFields fields = new MessageFields(List.of(bearer()), OFTEN)) {
      await(fields, known("Bearer one"));

      write("two");
      await(fields, known("Bearer two"));

      Files.delete(directory.resolve("token"));
      await(fields, missing("is not there"));

      write("three");
      await(fields, known("Bearer three"));
    }
  }

  @Test
  void filesThatAreNotReadYet_areAwaited() throws Exception {
    write("one");
    try (MessageFields fields = new MessageFields(List.of(bearer()), Duration.ofHours(1))) {
      await(fields, known("Bearer one"));
    }
  }

  private static void await(MessageFields fields, State expected) {
    await(fields, expected::equals);
  }

  private static void await(MessageFields fields, Predicate<State> expected) {
    while (!expected.test(fields.state())) {
      Thread.onSpinWait();
    }
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("", "is empty"),
        Arguments.of(" \n", "is empty"),
        Arguments.of("a\r\nx-evil: 1", "has a character that no field may have"),
        Arguments.of("a\nb", "has a character that no field may have"),
        Arguments.of("a\0b", "has a character that no field may have"),
        Arguments.of("tökén", "has a character that no field may have"),
        Arguments.of("a".repeat(16_385), "has more than 16384 bytes"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void fileThatIsNoCredential_isToldWithoutItsContent(String text, String problem)
      throws Exception {
    write(text);

    try (MessageFields fields = new MessageFields(List.of(bearer()), OFTEN)) {
      await(fields, missing(problem));
    }
  }

  @Test
  void directoryInsteadOfAFile_isTold() throws Exception {
    Files.createDirectory(directory.resolve("token"));

    try (MessageFields fields = new MessageFields(List.of(bearer()), OFTEN)) {
      await(fields, missing("cannot be read: IOException"));
    }
  }

  @Test
  void fieldsOfTheConfiguration_needNoThread() {
    int before = Thread.activeCount();
    try (MessageFields fields =
        new MessageFields(List.of(MessageField.inline("x-tenant", "a")), OFTEN)) {
      assertThat(fields.state()).isEqualTo(new State.Known(List.of(new Field("x-tenant", "a"))));
      assertThat(Thread.activeCount()).isEqualTo(before);
    }
  }

  @Test
  void valuesThatACollectorRepeats_areHidden() throws Exception {
    write("s3cr3t-token");
    try (MessageFields fields =
        new MessageFields(List.of(MessageField.inline("x", "a"), bearer()), OFTEN)) {
      await(fields, State.Known.class::isInstance);
      String told = "a token: Bearer s3cr3t-token is not known";
      String shown = "a token: Bearer [credential] is not known";

      assertThat(fields.hidden(new Delivery.Rejected(told)))
          .isEqualTo(new Delivery.Rejected(shown));
      assertThat(fields.hidden(new Delivery.Accepted(1, told)))
          .isEqualTo(new Delivery.Accepted(1, shown));
      assertThat(fields.hidden(new Delivery.Unanswered(DropReason.TIMEOUT, told)))
          .isEqualTo(new Delivery.Unanswered(DropReason.TIMEOUT, shown));
      assertThat(
              fields.hidden(
                  new Delivery.Postponed(DropReason.OVERLOADED, told, Duration.ofSeconds(3))))
          .isEqualTo(new Delivery.Postponed(DropReason.OVERLOADED, shown, Duration.ofSeconds(3)));
    }
  }

  @Test
  void texts_showNoValue() throws Exception {
    write("s3cr3t-token");
    MessageField inline = MessageField.inline("x", "s3cr3t-token");
    try (MessageFields fields = new MessageFields(List.of(inline, bearer()), OFTEN)) {
      await(fields, State.Known.class::isInstance);
      assertThat(inline + " " + fields + " " + fields.state()).doesNotContain("s3cr3t");
    }
  }

  private static State known(String value) {
    return new State.Known(List.of(new Field("authorization", value)));
  }

  private State missing(String problem) {
    return new State.Missing("credential file " + directory.resolve("token") + " " + problem);
  }
}
