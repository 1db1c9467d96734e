package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Alternative;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the settings of [XRay].
final class XRayReader {
  /// Where the daemon listens unless it is told otherwise.
  private static final InetSocketAddress DAEMON =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2000);

  private static final Segment NO_SEGMENT = new Segment("", Value.Mapping.EMPTY);

  private final TextFiles files;

  XRayReader(TextFiles files) {
    this.files = files;
  }

  XRay read(Message message) {
    message.named("XRayConfig");
    @Nullable InetSocketAddress daemon =
        message.field("daemon_endpoint").message(XRayReader::daemon);
    @Nullable XRayRules rules = message.field("sampling_rule_manifest").message(this::manifest);
    @Nullable Segment segment = message.field("segment_fields").message(XRayReader::segment);
    Segment own = Objects.requireNonNullElse(segment, NO_SEGMENT);
    return new XRay(
        message.field("segment_name").text(""),
        Objects.requireNonNullElse(daemon, DAEMON),
        Objects.requireNonNullElse(rules, XRay.DEFAULT_RULES),
        own.origin(),
        own.aws());
  }

  /// An address without a protocol would be one of TCP, which Envoy refuses too.
  private static InetSocketAddress daemon(Message message) {
    message.named("SocketAddress (of a daemon)");
    Field protocol = message.field("protocol");
    protocol.choice(Protocol.UDP);
    if (!protocol.isGiven()) {
      protocol.refuse("missing (expected: UDP)");
    }
    InetAddress address = message.field("address").ipAddress();
    return new InetSocketAddress(address, message.field("port_value").requiredInteger(1, 65535));
  }

  private XRayRules manifest(Message message) {
    message.named("DataSource (of sampling rules)");
    message.unsupported("inline_bytes", "not yet (expected: inline_string)");
    message.unsupported("environment_variable", "not yet (expected: filename)");
    return message.<XRayRules>oneOf(
        XRay.DEFAULT_RULES,
        List.of(
            new Alternative<>("inline_string", field -> rules(field, field.requiredText())),
            new Alternative<>("filename", this::file)));
  }

  private XRayRules file(Field field) {
    String text = files.read(field);
    return text == null ? XRay.DEFAULT_RULES : rules(field, text);
  }

  private static XRayRules rules(Field field, String text) {
    @Nullable XRayRules rules = field.document(text, XRayRuleReader::manifest);
    return Objects.requireNonNullElse(rules, XRay.DEFAULT_RULES);
  }

  private static Segment segment(Message message) {
    message.named("SegmentFields");
    Field aws = message.field("aws");
    if (aws.isGiven() && !(aws.value() instanceof Value.Mapping)) {
      aws.refuse(aws.describe() + " (expected: an object)");
    }
    return new Segment(
        message.field("origin").text(""),
        aws.value() instanceof Value.Mapping mapping ? mapping : Value.Mapping.EMPTY);
  }

  private record Segment(String origin, Value.Mapping aws) {}

  private enum Protocol {
    UDP
  }
}
