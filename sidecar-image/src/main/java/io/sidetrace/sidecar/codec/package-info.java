/// HTTP/1 on the wire (HTTP/2 is in `codec.http2`): where heads and bodies end, and what a head
/// says.
///
/// In come buffers as they were read; out come boundaries, offsets and refusals. Nothing is decoded
/// into objects and nothing is rewritten: `exchange` forwards the very bytes.
///
/// A connection keeps one [HeadFinder] and one [BodyFraming] per direction; an event loop keeps one
/// [RequestHead] and one [ResponseHead], which hold the head of the moment.
@NullMarked
package io.sidetrace.sidecar.codec;

import org.jspecify.annotations.NullMarked;
