package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.ProviderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the `tracing` object of connection managers.
final class TracingReader {
  /// Envoy's.
  private static final int MAX_PATH_TAG_LENGTH = 256;

  private final ProviderReader providers;
  private final FormatReader formats;
  private final RuntimeReader runtime;
  private @Nullable Provider otherwise;

  TracingReader(ProviderReader providers, FormatReader formats, RuntimeReader runtime) {
    this.providers = providers;
    this.formats = formats;
    this.runtime = runtime;
  }

  /// Reads the provider of a bootstrap in the form of 2018, which serves where a connection manager
  /// names none.
  void readDefault(Field tracing) {
    otherwise = tracing.message(message -> LegacyForms.provider(message, providers));
  }

  /// @param healthChecks of the filters beside it
  Tracing tracing(Message message, List<List<HeaderMatch>> healthChecks) {
    message.named("HttpConnectionManager.Tracing");
    return new Tracing(httpTracing(message, healthChecks), LegacyForms.operationName(message));
  }

  /// @param operationName the direction that the form of 2018 gives here; `UNSPECIFIED` without
  record Tracing(HttpTracing http, TrafficDirection operationName) {}

  private HttpTracing httpTracing(Message message, List<List<HeaderMatch>> healthChecks) {
    List<CustomTag> tags = new ArrayList<>(LegacyForms.requestHeadersForTags(message));
    tags.addAll(customTags(message));
    return new HttpTracing(
        runtime.over(
            new SamplingPercentages(
                percent(message.field("client_sampling")),
                percent(message.field("random_sampling")),
                percent(message.field("overall_sampling")))),
        tags,
        healthChecks,
        message.field("verbose").flag(false),
        message.field("max_path_tag_length").integer(0, Integer.MAX_VALUE, MAX_PATH_TAG_LENGTH),
        message.field("spawn_upstream_span").flag(false),
        !message.field("no_context_propagation").flag(false),
        provider(message.field("provider")),
        names(message));
  }

  /// The names of spans in a message that has some.
  SpanNames names(Message message) {
    return new SpanNames(
        formats.optional(message.field("operation")),
        formats.optional(message.field("upstream_operation")));
  }

  private Provider provider(Field field) {
    if (!field.isGiven() && otherwise != null) {
      return otherwise;
    }
    if (!field.isGiven()) {
      field.refuse("missing (expected: a provider; without one nothing is traced)");
    }
    @Nullable Provider provider = field.message(providers::read);
    return provider == null ? ProviderReader.PLACEHOLDER : provider;
  }

  private static double percent(Field field) {
    Double percent = field.message(TracingReader::percent);
    return percent == null ? 100 : percent;
  }

  private static double percent(Message message) {
    message.named("Percent");
    return message.field("value").number(0, 100, 0);
  }

  /// The custom tags of a message that has some.
  List<CustomTag> customTags(Message message) {
    var names = new UniqueNames();
    return message.field("custom_tags").messages(tag -> customTag(tag, names));
  }

  private CustomTag customTag(Message message, UniqueNames names) {
    message.named("CustomTag");
    message.unsupported("metadata", "there is no metadata to take a tag from");
    Field field = message.field("tag");
    String tag = names.claim(field, field.requiredText());
    return message.<CustomTag>oneOf(
        new CustomTag.Literal(tag, ""),
        List.of(
            new Alternative<>("literal", value -> literal(tag, value)),
            new Alternative<>("environment", value -> environment(tag, value)),
            new Alternative<>("request_header", value -> requestHeader(tag, value)),
            new Alternative<>(
                "value", value -> new CustomTag.Value(tag, formats.required(value)))));
  }

  private static CustomTag literal(String tag, Field field) {
    return field.requiredMessage(message -> {
      message.named("CustomTag.Literal");
      return new CustomTag.Literal(tag, message.field("value").requiredText());
    });
  }

  private static CustomTag environment(String tag, Field field) {
    return field.requiredMessage(message -> {
      message.named("CustomTag.Environment");
      return new CustomTag.Environment(
          tag, message.field("name").requiredText(), message.field("default_value").text(""));
    });
  }

  private static CustomTag requestHeader(String tag, Field field) {
    return field.requiredMessage(message -> {
      message.named("CustomTag.Header");
      String name = message.field("name").requiredText().toLowerCase(Locale.ROOT);
      return new CustomTag.RequestHeader(tag, name, message.field("default_value").text(""));
    });
  }
}
