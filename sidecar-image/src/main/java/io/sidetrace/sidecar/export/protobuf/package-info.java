/// Protocol Buffers on the wire, written and read by hand: no library, and no class for a message.
///
/// Encoders write a span into a [io.sidetrace.sidecar.export.protobuf.ProtobufBuffer] and move it
/// into the message of its batch, which they open and close by
/// [io.sidetrace.sidecar.export.protobuf.OpenLength]; what collectors answer is read by
/// [io.sidetrace.sidecar.export.protobuf.ProtobufReader].
@NullMarked
package io.sidetrace.sidecar.export.protobuf;

import org.jspecify.annotations.NullMarked;
