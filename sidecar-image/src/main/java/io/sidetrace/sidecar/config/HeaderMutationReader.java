package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.HeaderMutations.Addition;
import io.sidetrace.sidecar.config.HeaderMutations.AppendAction;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads which fields are added to heads and removed from them.
final class HeaderMutationReader {
  /// Fields that say where a message ends, where it goes, or what becomes of its connection: a
  /// changed one would contradict the bytes.
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final FormatReader formats;

  HeaderMutationReader(FormatReader formats) {
    this.formats = formats;
  }

  /// The mutations of a message that has some.
  HeaderMutations mutations(Message message) {
    return new HeaderMutations(
        message.field("request_headers_to_add").messages(this::addition),
        removals(message.field("request_headers_to_remove")),
        message.field("response_headers_to_add").messages(this::addition),
        removals(message.field("response_headers_to_remove")));
  }

  private static List<String> removals(Field field) {
    return field.elements(HeaderMutationReader::name);
  }

  private static String name(Field field) {
    String written = field.requiredText();
    String name = written.toLowerCase(Locale.ROOT);
    if (!name.isEmpty() && !TOKEN.matcher(written).matches()) {
      field.refuse(field.describe() + " (expected: the name of a field)");
    } else if (OURS.contains(name)) {
      field.refuse(field.describe() + " (expected: no field that frames or routes messages)");
    }
    return name;
  }

  private Addition addition(Message message) {
    message.named("HeaderValueOption");
    Field append = message.field("append");
    Field action = message.field("append_action");
    if (append.isGiven() && action.isGiven()) {
      append.refuse("given beside append_action (expected: one of them)");
    }
    AppendAction otherwise =
        append.flag(true)
            ? AppendAction.APPEND_IF_EXISTS_OR_ADD
            : AppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
    AppendAction chosen = action.choice(otherwise);
    boolean keepEmpty = message.field("keep_empty_value").flag(false);
    return message.field("header").requiredMessage(header -> header(header, chosen, keepEmpty));
  }

  private Addition header(Message message, AppendAction action, boolean keepEmpty) {
    message.named("HeaderValue");
    message.unsupported("raw_value", "not yet (expected: value)");
    return new Addition(
        name(message.field("key")), formats.any(message.field("value")), action, keepEmpty);
  }
}
