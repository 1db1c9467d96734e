package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import java.net.InetAddress;

/// Reads addresses, of listeners and of endpoints.
final class AddressReader {
  private static final SocketAddress NONE = new SocketAddress("", 0);

  private AddressReader() {}

  /// An address to listen on or to connect to without asking DNS.
  static SocketAddress ip(Message message) {
    return address(message, true);
  }

  /// An address whose host may be a name.
  static SocketAddress nameOrIp(Message message) {
    return address(message, false);
  }

  private static SocketAddress address(Message message, boolean ip) {
    message.named("Address");
    message.unsupported("pipe", "Unix sockets (expected: socket_address)");
    return message.field("socket_address").requiredMessage(socket -> socketAddress(socket, ip));
  }

  private static SocketAddress socketAddress(Message message, boolean ip) {
    message.named("SocketAddress");
    message.field("protocol").choice(Protocol.TCP);
    Field address = message.field("address");
    String host = address.requiredText();
    if (ip && !host.isEmpty() && !isIp(host)) {
      address.refuse(address.describe() + " (expected: an IP address)");
    }
    int port = message.field("port_value").requiredInteger(0, 65535);
    return host.isEmpty() ? NONE : new SocketAddress(host, port);
  }

  /// An IP address without a port.
  static InetAddress literal(Field field) {
    String text = field.requiredText();
    if (isIp(text)) {
      return InetAddress.ofLiteral(text);
    }
    if (!text.isEmpty()) {
      field.refuse(field.describe() + " (expected: an IP address)");
    }
    return InetAddress.getLoopbackAddress();
  }

  /// [InetAddress#ofLiteral] alone would take `1.2` for `1.0.0.2`.
  static boolean isIp(String host) {
    if (host.indexOf(':') < 0 && host.chars().filter(c -> c == '.').count() != 3) {
      return false;
    }
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private enum Protocol {
    TCP
  }
}
