package io.sidetrace.sidecar.admin;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// What an endpoint may want to know of a request.
///
/// @param rest the path after the endpoint's own
/// @param parameters of the query, in their order
/// @param localAddress the address at which the client found us
/// @param loop where the request is served
record Question(
    String rest, Map<String, List<String>> parameters, InetAddress localAddress, EventLoop loop) {

  /// The first value of a parameter of the query.
  String parameter(String name, String otherwise) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : values.getFirst();
  }
}
