package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;

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
    if (ip && !host.isEmpty() && !Field.isIp(host)) {
      address.refuse(address.describe() + " (expected: an IP address)");
    }
    int port = message.field("port_value").requiredInteger(0, 65535);
    return host.isEmpty() ? NONE : new SocketAddress(host, port);
  }

  private enum Protocol {
    TCP
  }
}
