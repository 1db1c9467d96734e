package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.Quantity;
import io.sidetrace.operator.api.Keys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a pod's annotations change in the defaults. Used once, by one thread.
final class Overrides {
  /// A host, a path of names, a tag and a digest: what the kubelet cannot read would keep the whole
  /// pod from starting.
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?=.{1,512}$)([\\w.-]+(:\\d{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*"
              + "(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\\w[\\w.-]{0,127})?(@\\w+:[0-9a-f]{32,128})?");

  /// One that starts with a dash would be taken for an option of the sidecar.
  private static final Pattern SERVICE_NAME = Pattern.compile("\\w[\\w./:@-]{0,252}");

  /// Of the forms that Kubernetes reads, those in use; a pod with another would be refused.
  private static final Pattern QUANTITY =
      Pattern.compile("\\d{1,15}(\\.\\d{1,3})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?");

  /// Below this a Java virtual machine does not start: a slip of the pen, such as 128 for 128Mi.
  private static final BigDecimal MIN_MEMORY = BigDecimal.valueOf(16L << 20); // bytes

  private final AdmittedPod pod;
  private final List<String> warnings;

  Overrides(AdmittedPod pod, List<String> warnings) {
    this.pod = pod;
    this.warnings = warnings;
  }

  SidecarSettings apply(Defaults defaults) {
    warnAboutSampling();
    return new SidecarSettings(
        defaults.version(),
        serviceName(),
        onlyContainer(),
        image(defaults.image()),
        defaults.pullPolicy(),
        logLevel(defaults.logLevel()),
        resources(defaults.resources()),
        redirection());
  }

  private void warnAboutSampling() {
    var sampling = pod.annotations().get(Keys.SAMPLING);
    if (sampling != null) {
      warnings.add(
          Keys.SAMPLING + " is not supported yet; the sampling of the TracingConfig applies");
    }
  }

  private String serviceName() {
    var derived = ServiceName.derive(pod);
    return read(
        Keys.SERVICE_NAME,
        text -> SERVICE_NAME.matcher(text).matches() ? text : null,
        derived,
        "1 to 253 letters, digits and . _ - / : @, the first a letter, a digit or _");
  }

  private @Nullable String onlyContainer() {
    var containers = pod.spec().getContainers();
    return containers.size() == 1 ? containers.getFirst().getName() : null;
  }

  private String image(String fallback) {
    return read(
        Keys.SIDECAR_IMAGE,
        text -> IMAGE.matcher(text).matches() ? text : null,
        fallback,
        "the reference of an image, such as registry.example/team/image:tag");
  }

  private LogLevel logLevel(LogLevel fallback) {
    return read(Keys.LOG_LEVEL, LogLevel::parse, fallback, LogLevel.ALL);
  }

  private Resources resources(Resources fallback) {
    var cpu =
        read(
            Keys.SIDECAR_CPU,
            text -> isAtLeast(text, BigDecimal.ZERO) ? text : null,
            fallback.cpuRequest(),
            "a quantity such as 50m");
    var memory =
        read(
            Keys.SIDECAR_MEMORY,
            text -> isAtLeast(text, MIN_MEMORY) ? text : null,
            fallback.memoryLimit(),
            "a quantity of at least 16Mi, such as 128Mi");
    var isOwn = !memory.equals(fallback.memoryLimit());
    return new Resources(cpu, isOwn ? memory : fallback.memoryRequest(), memory);
  }

  private static boolean isAtLeast(String text, BigDecimal least) {
    return QUANTITY.matcher(text).matches()
        && Quantity.getAmountInBytes(Quantity.parse(text)).compareTo(least) >= 0;
  }

  private Redirection redirection() {
    return new Redirection(
        ports(Keys.INCLUDE_INBOUND_PORTS),
        ports(Keys.EXCLUDE_INBOUND_PORTS),
        ports(Keys.EXCLUDE_OUTBOUND_PORTS),
        list(
            Keys.EXCLUDE_OUTBOUND_CIDRS,
            Cidr::normalize,
            "address ranges such as 10.0.0.0/8, separated by commas"));
  }

  private List<Integer> ports(String key) {
    return list(key, Overrides::port, "ports, 1 to 65535, separated by commas");
  }

  private static @Nullable Integer port(String text) {
    if (!text.matches("\\d{1,5}")) {
      return null;
    }
    var port = Integer.parseInt(text);
    return port >= 1 && port <= 65535 ? port : null;
  }

  /// What can be read of a list counts; what cannot is named. A list of which nothing can be read
  /// is as none, which for ports to include means all: so that is said.
  private <T extends Comparable<T>> List<T> list(
      String key, Function<String, @Nullable T> parse, String expected) {
    var text = pod.annotations().get(key);
    if (text == null) {
      return List.of();
    }
    var values = new ArrayList<T>();
    var unreadable = new ArrayList<String>();
    for (var item : text.split(",", -1)) {
      var value = parse.apply(item.strip());
      if (value == null) {
        unreadable.add(item.strip());
      } else {
        values.add(value);
      }
    }
    var instead = values.isEmpty() ? "the list is ignored" : "the rest of the list applies";
    unreadable.forEach(item -> warnings.add(Warning.unreadable(key, item, expected, instead)));
    return values.stream().distinct().sorted().toList();
  }

  private <T> T read(String key, Function<String, @Nullable T> parse, T fallback, String expected) {
    var text = pod.annotations().get(key);
    if (text == null) {
      return fallback;
    }
    var value = parse.apply(text.strip());
    if (value != null) {
      return value;
    }
    warnings.add(Warning.unreadable(key, text, expected, "uses " + shown(fallback)));
    return fallback;
  }

  private static String shown(Object fallback) {
    return fallback instanceof LogLevel level ? level.format() : fallback.toString();
  }
}
