package io.sidetrace.sidecar.exchange;

import java.net.InetSocketAddress;

/// A connection to the original destination that was begun before the protocol was known.
record EarlyUpstream(Wire wire, InetSocketAddress endpoint) {}
