/// HTTP/2 on the wire: frames, their header blocks, and the compression of these (HPACK).
///
/// In come buffers as they were read; out come frame boundaries ([FrameReader]), whole header
/// blocks ([HeaderBlock]) and their fields ([HpackDecoder] fills [HeaderFields]). [HpackEncoder]
/// writes fields again: what came as an index goes on as an index, what came as a text goes on as
/// its bytes came, so that passing a block on costs neither text nor Huffman code.
///
/// Each direction of a connection has a reader, a block, a decoder and an encoder of its own; an
/// event loop keeps the fields of the moment.
@NullMarked
package io.sidetrace.sidecar.codec.http2;

import org.jspecify.annotations.NullMarked;
