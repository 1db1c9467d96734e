package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.AccessLog.Destination;
import io.sidetrace.sidecar.config.AccessLog.Layout;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.format.Format;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads access logs.
final class AccessLogReader {
  private static final Layout DEFAULT = new Layout.Text(Format.DEFAULT_LOG);

  private final FormatReader formats;
  private final Extensions<AccessLog> loggers;

  AccessLogReader(FormatReader formats) {
    this.formats = formats;
    this.loggers =
        new Extensions<AccessLog>()
            .with(
                "envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
                message -> stream(message, "StdoutAccessLog", new Destination.StandardOutput()),
                "envoy.access_loggers.stdout",
                "envoy.stdout_access_log")
            .with(
                "envoy.extensions.access_loggers.stream.v3.StderrAccessLog",
                message -> stream(message, "StderrAccessLog", new Destination.StandardError()),
                "envoy.access_loggers.stderr",
                "envoy.stderr_access_log")
            .with(
                "envoy.extensions.access_loggers.file.v3.FileAccessLog",
                this::file,
                "envoy.access_loggers.file",
                "envoy.file_access_log");
  }

  List<AccessLog> accessLogs(Field field) {
    return field.messages(this::accessLog);
  }

  private @Nullable AccessLog accessLog(Message message) {
    message.named("AccessLog");
    message.unsupported("filter", "every exchange is logged");
    return loggers.read(message);
  }

  private AccessLog stream(Message message, String type, Destination destination) {
    message.named(type);
    return new AccessLog(destination, layout(message.field("log_format")));
  }

  private AccessLog file(Message message) {
    message.named("FileAccessLog");
    message.unsupported("json_format", "dropped by Envoy (expected: log_format)");
    message.unsupported("typed_json_format", "dropped by Envoy (expected: log_format)");
    Destination destination = destination(FilePaths.required(message.field("path")));
    Layout layout =
        message.<Layout>atMostOneOf(
            DEFAULT,
            List.of(
                new Alternative<>("log_format", this::layout),
                new Alternative<>("format", field -> new Layout.Text(formats.required(field)))));
    return new AccessLog(destination, layout);
  }

  /// The devices are opened already, and often nobody may open them again.
  private static Destination destination(Path path) {
    return switch (path.toString()) {
      case "/dev/stdout" -> new Destination.StandardOutput();
      case "/dev/stderr" -> new Destination.StandardError();
      default -> new Destination.File(path);
    };
  }

  private Layout layout(Field field) {
    @Nullable Layout layout = field.message(this::layout);
    return layout == null ? DEFAULT : layout;
  }

  private Layout layout(Message message) {
    message.named("SubstitutionFormatString");
    message.field("omit_empty_values").only(false, "what is absent is - in texts, null in JSON");
    message.unsupported("content_type", "lines of a log have no type");
    message.unsupported("formatters", "%REQ_WITHOUT_QUERY% is there without, and others are not");
    message.unsupported("json_format_options", "fields are sorted by their names");
    return message.<Layout>oneOf(
        DEFAULT,
        List.of(
            new Alternative<>("text_format_source", this::textSource),
            new Alternative<>("json_format", field -> new Layout.Json(formats.document(field))),
            new Alternative<>("text_format", field -> new Layout.Text(formats.required(field)))));
  }

  private Layout textSource(Field field) {
    return field.requiredMessage(message -> {
      message.named("DataSource");
      message.unsupported("filename", "not yet (expected: inline_string)");
      message.unsupported("inline_bytes", "not yet (expected: inline_string)");
      message.unsupported("environment_variable", "not yet (expected: inline_string)");
      return new Layout.Text(formats.required(message.field("inline_string")));
    });
  }
}
