package io.sidetrace.sidecar.admin;

import io.netty.channel.EventLoop;
import java.net.InetAddress;

/// What an endpoint may want to know of a request.
///
/// @param rest the path after the endpoint's own
/// @param localAddress the address at which the client found us
/// @param loop where the request is served
record Question(String rest, InetAddress localAddress, EventLoop loop) {}
