package io.sidetrace.sidecar.config;

/// An IP address or a DNS name, and a port.
public record SocketAddress(String address, int port) {
  public SocketAddress {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port_value: " + port + " (expected: 0..65535)");
    }
  }

  public String format() {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
