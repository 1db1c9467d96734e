package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Where a request comes from, which decides what is believed of it.
enum Origin {
  /// From an address that the configuration calls internal, by no other proxy.
  INTERNAL,
  /// From somewhere; it may have come by proxies of our own.
  UNKNOWN,
  /// From a client outside, directly.
  EDGE;

  static Origin of(TracedRequest request, RequestIds settings) {
    if (isInternal(request, settings)) {
      return INTERNAL;
    }
    return settings.useRemoteAddress() ? EDGE : UNKNOWN;
  }

  /// Envoy 1.40 takes nothing for internal unless told so, and a request that came by several
  /// proxies never.
  private static boolean isInternal(TracedRequest request, RequestIds settings) {
    if (settings.internalAddresses().isEmpty()) {
      return false;
    }
    String sender = sender(request, settings);
    InetAddress address = sender == null ? null : AddressRange.parse(sender);
    return address != null
        && settings.internalAddresses().stream().anyMatch(range -> range.contains(address));
  }

  private static @Nullable String sender(TracedRequest request, RequestIds settings) {
    String forwarded = request.joined(Headers.FORWARDED_FOR);
    if (!settings.useRemoteAddress()) {
      return forwarded == null || forwarded.indexOf(',') >= 0 ? null : forwarded;
    }
    return forwarded == null ? request.peerAddress() : null;
  }
}
