package io.sidetrace.sidecar.export.zipkin;

import io.sidetrace.sidecar.export.JsonBuffer;
import java.net.Inet4Address;
import java.net.InetAddress;

/// Who recorded a span, as both versions write it.
record LocalEndpoint(String serviceName, InetAddress address) {
  /// Port 0 stands for "none", as Envoy writes it: a sidecar's spans belong to the whole service.
  void writeTo(JsonBuffer json) {
    json.raw("{\"serviceName\":").text(serviceName);
    json.raw(address instanceof Inet4Address ? ",\"ipv4\":" : ",\"ipv6\":");
    json.text(address.getHostAddress()).raw(",\"port\":0}");
  }

  byte[] json() {
    JsonBuffer json = new JsonBuffer();
    writeTo(json);
    return json.toBytes();
  }
}
