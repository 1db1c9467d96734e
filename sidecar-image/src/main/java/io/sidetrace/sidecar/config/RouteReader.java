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
import java.util.stream.Stream;

/// Reads route configurations: virtual hosts and their routes.
final class RouteReader {
  /// Envoy's, for a whole response.
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final ClusterNames clusters;
  private final TracingReader tracing;
  private final HeaderMutationReader mutations;
  private final RuntimeReader runtime;

  RouteReader(
      ClusterNames clusters,
      TracingReader tracing,
      HeaderMutationReader mutations,
      RuntimeReader runtime) {
    this.clusters = clusters;
    this.tracing = tracing;
    this.mutations = mutations;
    this.runtime = runtime;
  }

  List<VirtualHost> routeConfiguration(Message message) {
    message.named("RouteConfiguration");
    message.field("name").text("");
    message
        .field("most_specific_header_mutations_wins")
        .only(false, "the most general ones are applied last");
    HeaderMutations general = mutations.mutations(message);
    var names = new UniqueNames();
    var domains = new UniqueNames();
    return message
        .field("virtual_hosts")
        .messages(virtualHost -> virtualHost(virtualHost, new Names(names, domains), general));
  }

  private record Names(UniqueNames hosts, UniqueNames domains) {}

  private VirtualHost virtualHost(Message message, Names known, HeaderMutations general) {
    message.named("VirtualHost");
    HeaderMutations own = mutations.mutations(message);
    Field name = message.field("name");
    return new VirtualHost(
        known.hosts().claim(name, name.requiredText()),
        domains(message.field("domains"), known.domains()),
        message.field("routes").messages(route -> route(route, own, general)));
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

  private Route route(Message message, HeaderMutations ofHost, HeaderMutations general) {
    message.named("Route");
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
        message.field("tracing").message(this::tracing),
        message.field("name").text(""),
        Stream.of(mutations.mutations(message), ofHost, general)
            .filter(level -> !level.isEmpty())
            .toList());
  }

  private record Match(PathMatch path, List<HeaderMatch> headers) {}

  private static Match match(Message message) {
    message.named("RouteMatch");
    message.unsupported("path_separated_prefix", "not yet (expected: prefix or path)");
    message.unsupported("query_parameters", "matching by query is not supported yet");
    message.unsupported("runtime_fraction", "there is no runtime");
    message.field("case_sensitive").only(true, "paths are compared as they are");
    PathMatch path =
        message.<PathMatch>oneOf(
            new PathMatch.Prefix("/"),
            List.of(
                new Alternative<>("prefix", field -> new PathMatch.Prefix(field.text(""))),
                new Alternative<>("path", field -> new PathMatch.Exact(field.requiredText())),
                new Alternative<>(
                    "safe_regex", field -> new PathMatch.Regex(RegexReader.pattern(field)))));
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

  private RouteTracing tracing(Message message) {
    message.named("Tracing (of a route)");
    Share client = share(message.field("client_sampling"));
    Share random = share(message.field("random_sampling"));
    Share overall = share(message.field("overall_sampling"));
    return new RouteTracing(
        runtime.over(
            new SamplingPercentages(
                client.percent(),
                random.percent(),
                overall.percent(),
                new SamplingPercentages.Parts(client.parts(), random.parts(), overall.parts()))),
        tracing.customTags(message),
        tracing.names(message));
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
