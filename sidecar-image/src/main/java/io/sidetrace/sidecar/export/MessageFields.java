package io.sidetrace.sidecar.export;

import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.MessageField.Source;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields that go along with every message of one transport: those from files as the files are
/// now.
///
/// Thread-safe. Files are read on a thread of its own alone, for that may wait; where there are
/// none, there is no thread.
public final class MessageFields implements AutoCloseable {
  /// The kubelet needs up to a minute to bring a changed secret into a pod, so this adds little.
  static final Duration REREAD = Duration.ofSeconds(5);

  /// The longest tokens, signed ones with claims, have a few KiB.
  private static final int MOST_BYTES = 16 * 1024;

  /// A shorter value is no secret worth the name, and would be found in every text.
  private static final int LEAST_HIDDEN = 6;

  /// What stands for a value in texts that are shown.
  private static final String HIDDEN = "[credential]";

  private final List<MessageField> wanted;
  private final @Nullable Thread thread;
  private volatile State state;

  /// What is known of all fields.
  public sealed interface State {
    record Known(List<Field> fields) implements State {}

    /// At least one value is not there, so nothing can be sent.
    ///
    /// @param problem names the file, and never what is in it
    record Missing(String problem) implements State {}
  }

  /// A field with its whole value.
  public record Field(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  MessageFields(List<MessageField> wanted, Duration reread) {
    this.wanted = List.copyOf(wanted);
    if (wanted.stream().anyMatch(field -> field.source() instanceof Source.File)) {
      this.state = new State.Missing("credential files are not read yet");
      this.thread =
          Thread.ofPlatform().daemon().name("credentials").unstarted(() -> keepReading(reread));
      thread.start();
    } else {
      this.state = read();
      this.thread = null;
    }
  }

  /// The fields of the provider's own protocol, and behind them those that are asked for beside.
  public static MessageFields of(List<MessageField> own, List<MessageField> beside) {
    var all = new ArrayList<>(own);
    all.addAll(beside);
    return new MessageFields(all, REREAD);
  }

  private void keepReading(Duration reread) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        state = read();
        Thread.sleep(reread);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends here
    }
  }

  private State read() {
    List<Field> fields = new ArrayList<>();
    for (MessageField field : wanted) {
      switch (value(field.source())) {
        case Value.Of(String text) -> fields.add(new Field(field.name(), field.prefix() + text));
        case Value.None(String problem) -> {
          return new State.Missing(problem);
        }
      }
    }
    return new State.Known(List.copyOf(fields));
  }

  private sealed interface Value {
    record Of(String text) implements Value {}

    record None(String problem) implements Value {}
  }

  private static Value value(Source source) {
    return switch (source) {
      case Source.Inline(String text) -> new Value.Of(text);
      case Source.File(Path path) -> file(path);
    };
  }

  private static Value file(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return none(path, "has more than " + MOST_BYTES + " bytes");
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      if (text.isEmpty()) {
        return none(path, "is empty");
      }
      // A line feed would begin a field of the file's own choice.
      boolean legal = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      return legal ? new Value.Of(text) : none(path, "has a character that no field may have");
    } catch (NoSuchFileException e) {
      return none(path, "is not there");
    } catch (IOException e) {
      return none(path, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Value none(Path path, String problem) {
    return new Value.None("credential file " + path + " " + problem);
  }

  public State state() {
    return state;
  }

  /// What a message that cannot go for want of a field is told.
  public static Delivery missing(String problem) {
    return new Delivery.Postponed(DropReason.NO_CREDENTIALS, problem, Duration.ZERO);
  }

  /// The delivery, without any value in its text: a collector may repeat what it was sent.
  public Delivery hidden(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Accepted(int rejected, String detail) ->
          new Delivery.Accepted(rejected, hidden(detail));
      case Delivery.Rejected(String detail) -> new Delivery.Rejected(hidden(detail));
      case Delivery.Postponed(DropReason reason, String detail, Duration retryAfter) ->
          new Delivery.Postponed(reason, hidden(detail), retryAfter);
      case Delivery.Unanswered(DropReason reason, String detail) ->
          new Delivery.Unanswered(reason, hidden(detail));
    };
  }

  private String hidden(String detail) {
    String text = detail;
    if (state instanceof State.Known(List<Field> fields)) {
      for (int i = 0; i < fields.size(); i++) {
        String value = fields.get(i).value().substring(wanted.get(i).prefix().length());
        text = value.length() < LEAST_HIDDEN ? text : text.replace(value, HIDDEN);
      }
    }
    return text;
  }

  /// Reads no file any more; what was read stays.
  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
