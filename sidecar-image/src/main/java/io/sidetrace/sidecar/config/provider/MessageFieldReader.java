package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the fields that go along with messages to a collector.
final class MessageFieldReader {
  /// Fields that say how a message is framed, encoded or routed, which is not the configuration's
  /// to say.
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String OF_GRPC = "grpc-";

  /// Of metadata whose values are bytes in Base64.
  private static final String BINARY = "-bin";

  private static final Pattern TOKEN = Pattern.compile("[a-z0-9!#$&'*+.^_`|~-]+");

  /// Visible ASCII and blanks: others could end the field, and gRPC has none.
  private static final Pattern VALUE = Pattern.compile("[ -~]*");

  private MessageFieldReader() {}

  /// `key` and `value`, as Envoy has them; a value is not shown when it is refused.
  static MessageField headerValue(Message message) {
    message.named("HeaderValue (of a collector)");
    message.unsupported("raw_value", "not yet (expected: value)");
    Field value = message.field("value");
    String text = value.text("");
    if (!VALUE.matcher(text).matches()) {
      value.refuse("a character that no field may have (expected: visible ASCII)");
    } else if (text.contains("%")) {
      value.refuse("a percent sign, which begins a format string in Envoy (expected: plain text)");
    }
    return MessageField.inline(name(message.field("key")), text);
  }

  /// `header`, `file` and `prefix`.
  static MessageField credential(Message message) {
    message.named("io.sidetrace.collector.credentials");
    Field prefix = message.field("prefix");
    String before = prefix.text("");
    if (!VALUE.matcher(before).matches()) {
      prefix.refuse("a character that no field may have (expected: visible ASCII)");
    }
    return new MessageField(name(message.field("header")), file(message.field("file")), before);
  }

  static MessageField.Source file(Field field) {
    return new MessageField.Source.File(Path.of(withoutNul(field)));
  }

  /// Text that is not shown when it is refused.
  static MessageField.Source.Inline inline(Field field) {
    String text = field.requiredText();
    if (!VALUE.matcher(text).matches()) {
      field.refuse("a character that no field may have (expected: visible ASCII)");
    }
    return new MessageField.Source.Inline(text);
  }

  /// No file's name has one, and the JDK refuses it by an exception.
  private static String withoutNul(Field field) {
    String path = field.requiredText();
    if (path.indexOf('\0') < 0) {
      return path;
    }
    field.refuse("a NUL (expected: the name of a file)");
    return "";
  }

  private static String name(Field field) {
    String name = field.requiredText().toLowerCase(Locale.ROOT);
    if (!name.isEmpty() && !TOKEN.matcher(name).matches()) {
      field.refuse(field.describe() + " (expected: the name of a field)");
    } else if (OURS.contains(name) || name.startsWith(OF_GRPC)) {
      field.refuse(field.describe() + " (expected: no field that frames or encodes messages)");
    } else if (name.endsWith(BINARY)) {
      field.refuse(field.describe() + " (expected: no binary metadata)");
    }
    return name;
  }

  /// `request_headers_to_add`, each of which is added.
  static List<MessageField> headersToAdd(Field field) {
    return field.messages(MessageFieldReader::headerToAdd);
  }

  private static MessageField headerToAdd(Message message) {
    message.named("HeaderValueOption (of a collector)");
    message.field("append_action").choice(AppendAction.APPEND_IF_EXISTS_OR_ADD);
    message.unsupported("append", "every field is added (expected: nothing)");
    message.field("keep_empty_value").flag(false);
    return message.field("header").requiredMessage(MessageFieldReader::headerValue);
  }

  /// All come to the same: nothing of these names is there before.
  private enum AppendAction {
    APPEND_IF_EXISTS_OR_ADD,
    ADD_IF_ABSENT,
    OVERWRITE_IF_EXISTS_OR_ADD
  }
}
