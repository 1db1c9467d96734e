/// What a connection is before anybody has read it: where it was meant to go, and what it speaks.
///
/// A fresh connection comes in; out go its original destination ([OriginalDestination]) and, as its
/// first bytes arrive, its protocol ([ProtocolDetector]; of a server's, [Http2Greeting]) and, of
/// TLS, the name that its client asks for ([ServerNameReader]). `exchange` acts on all of it. Ports
/// decide nothing.
@NullMarked
package io.sidetrace.sidecar.intercept;

import org.jspecify.annotations.NullMarked;
