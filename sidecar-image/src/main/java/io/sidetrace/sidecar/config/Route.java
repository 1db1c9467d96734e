package io.sidetrace.sidecar.config;

import com.google.re2j.Pattern;
import io.sidetrace.sidecar.format.Format;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The first route whose `path` and `headers` all match serves a request.
///
/// @param timeout for the whole response; zero: none
/// @param tracing replaces the connection manager's sampling and adds to its tags; null: nothing
///   replaced
/// @param name empty: none
/// @param mutations of heads: the route's, its virtual host's, the route configuration's
public record Route(
    PathMatch path,
    List<HeaderMatch> headers,
    String cluster,
    Duration timeout,
    @Nullable Decorator decorator,
    @Nullable RouteTracing tracing,
    String name,
    List<HeaderMutations> mutations) {
  public Route {
    headers = List.copyOf(headers);
    mutations = List.copyOf(mutations);
  }

  /// A route without a name that changes no heads.
  public Route(
      PathMatch path,
      List<HeaderMatch> headers,
      String cluster,
      Duration timeout,
      @Nullable Decorator decorator,
      @Nullable RouteTracing tracing) {
    this(path, headers, cluster, timeout, decorator, tracing, "", List.of());
  }

  /// Matches the request target without its query.
  public sealed interface PathMatch {
    record Prefix(String value) implements PathMatch {}

    record Exact(String value) implements PathMatch {}

    /// The whole path matches.
    record Regex(Pattern pattern) implements PathMatch {}
  }

  /// Matches one header field; `invert` turns the answer round.
  public record HeaderMatch(String name, TextMatch text, boolean invert) {
    /// Whether a field with this value matches; null: the field is absent.
    public boolean matches(@Nullable String value) {
      // An absent field fails every comparison, turned round or not, as in Envoy.
      boolean comparable = value != null || text instanceof TextMatch.Present;
      return comparable && (value != null && text.matches(value)) != invert;
    }
  }

  /// How a header's value is compared.
  public sealed interface TextMatch {
    default boolean matches(String text) {
      return switch (this) {
        case Exact exact -> text.equals(exact.value());
        case Prefix prefix -> text.startsWith(prefix.value());
        case Suffix suffix -> text.endsWith(suffix.value());
        case Contains contains -> text.contains(contains.value());
        case Regex regex -> regex.pattern().matches(text);
        case Present _ -> true;
      };
    }

    record Exact(String value) implements TextMatch {}

    record Prefix(String value) implements TextMatch {}

    record Suffix(String value) implements TextMatch {}

    record Contains(String value) implements TextMatch {}

    /// The whole value matches.
    record Regex(Pattern pattern) implements TextMatch {}

    record Present() implements TextMatch {}
  }

  /// Names the span of this route.
  ///
  /// @param propagate whether the name is also sent along in `x-envoy-decorator-operation`
  public record Decorator(String operation, boolean propagate) {}

  /// What a route says of tracing.
  public record RouteTracing(
      SamplingPercentages sampling, List<CustomTag> customTags, SpanNames names) {
    public RouteTracing {
      customTags = List.copyOf(customTags);
    }

    /// All format strings in it.
    public Stream<Format> formats() {
      return Stream.concat(names.formats(), CustomTag.formats(customTags));
    }
  }
}
