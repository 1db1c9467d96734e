package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.Route.Decorator;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.PathMatch;
import io.sidetrace.sidecar.config.Route.RouteTracing;
import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Reads route configurations: virtual hosts and their routes.
final class RouteReader {
  /// Envoy's, for a whole response.
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final ClusterNames clusters;

  RouteReader(ClusterNames clusters) {
    this.clusters = clusters;
  }

  List<VirtualHost> routeConfiguration(Message message) {
    message.named("RouteConfiguration");
    message.field("name").text("");
    var names = new UniqueNames();
    var domains = new UniqueNames();
    return message
        .field("virtual_hosts")
        .messages(virtualHost -> virtualHost(virtualHost, names, domains));
  }

  private VirtualHost virtualHost(Message message, UniqueNames names, UniqueNames domains) {
    message.named("VirtualHost");
    Field name = message.field("name");
    return new VirtualHost(
        names.claim(name, name.requiredText()),
        domains(message.field("domains"), domains),
        message.field("routes").messages(this::route));
  }

  private static List<String> domains(Field field, UniqueNames known) {
    List<String> domains = field.texts();
    if (domains.isEmpty()) {
      field.refuse("no domain (expected: at least one; \"*\" for all)");
    }
    for (String domain : domains) {
      String inner = domain.length() > 1 ? domain.substring(1, domain.length() - 1) : "";
      if (inner.contains("*")
          || (domain.startsWith("*") && domain.endsWith("*") && domain.length() > 1)) {
        field.refuse("\"%s\" (expected: a * at the start or at the end only)".formatted(domain));
      }
      known.claim(field, domain.toLowerCase(Locale.ROOT));
    }
    return domains;
  }

  private Route route(Message message) {
    message.named("Route");
    message.field("name").text("");
    message.unsupported("redirect", "redirects (expected: route)");
    message.unsupported("direct_response", "direct responses (expected: route)");
    Match match = message.field("match").requiredMessage(RouteReader::match);
    Target target = message.field("route").requiredMessage(this::target);
    return new Route(
        match.path(),
        match.headers(),
        target.cluster(),
        target.timeout(),
        message.field("decorator").message(RouteReader::decorator),
        message.field("tracing").message(RouteReader::tracing));
  }

  private record Match(PathMatch path, List<HeaderMatch> headers) {}

  private static Match match(Message message) {
    message.named("RouteMatch");
    message.unsupported("safe_regex", "regular expressions (expected: prefix or path)");
    message.unsupported("path_separated_prefix", "not yet (expected: prefix or path)");
    message.unsupported("query_parameters", "matching by query is not supported yet");
    message.unsupported("runtime_fraction", "there is no runtime");
    message.field("case_sensitive").only(true, "paths are compared as they are");
    PathMatch path =
        message.<PathMatch>oneOf(
            new PathMatch.Prefix("/"),
            List.of(
                new Alternative<>("prefix", field -> new PathMatch.Prefix(field.text(""))),
                new Alternative<>("path", field -> new PathMatch.Exact(field.requiredText()))));
    return new Match(path, message.field("headers").messages(HeaderMatchReader::headerMatch));
  }

  private record Target(String cluster, Duration timeout) {}

  private Target target(Message message) {
    message.named("RouteAction");
    message.unsupported("weighted_clusters", "not yet (expected: cluster)");
    message.unsupported("cluster_header", "not yet (expected: cluster)");
    message.unsupported("retry_policy", "requests are never repeated");
    message.unsupported("prefix_rewrite", "requests are not rewritten");
    message.unsupported("regex_rewrite", "requests are not rewritten");
    message.unsupported("host_rewrite_literal", "requests are not rewritten");
    message.field("auto_host_rewrite").only(false, "requests are not rewritten");
    return new Target(
        clusters.use(message.field("cluster")), message.field("timeout").duration(TIMEOUT));
  }

  private static Decorator decorator(Message message) {
    message.named("Decorator");
    return new Decorator(
        message.field("operation").requiredText(), message.field("propagate").flag(true));
  }

  private static RouteTracing tracing(Message message) {
    message.named("Tracing (of a route)");
    message.unsupported("operation", "format strings are not supported yet");
    message.unsupported("upstream_operation", "format strings are not supported yet");
    Share client = share(message.field("client_sampling"));
    Share random = share(message.field("random_sampling"));
    Share overall = share(message.field("overall_sampling"));
    return new RouteTracing(
        new SamplingPercentages(
            client.percent(),
            random.percent(),
            overall.percent(),
            new SamplingPercentages.Parts(client.parts(), random.parts(), overall.parts())),
        TracingReader.customTags(message));
  }

  private record Share(double percent, int parts) {
    static final Share ALL = new Share(100, 100);
  }

  private static Share share(Field field) {
    return Objects.requireNonNullElse(field.message(RouteReader::fractionalPercent), Share.ALL);
  }

  private static Share fractionalPercent(Message message) {
    message.named("FractionalPercent");
    Denominator denominator =
        message.field("denominator").choice(Denominator.HUNDRED, Denominator.MILLION);
    int numerator = message.field("numerator").integer(0, denominator.parts, 0);
    return new Share(numerator * 100.0 / denominator.parts, denominator.parts);
  }

  private enum Denominator {
    HUNDRED(100),
    TEN_THOUSAND(10_000),
    MILLION(1_000_000);

    private final int parts;

    Denominator(int parts) {
      this.parts = parts;
    }
  }
}
