/// Unary calls to collectors by gRPC, over a client's side of HTTP/2.
///
/// A provider's protocol is a [io.sidetrace.sidecar.export.grpc.GrpcCollector]; `report` hands its
/// batches to a [io.sidetrace.sidecar.export.grpc.GrpcTransport], which puts each as a
/// [io.sidetrace.sidecar.export.grpc.GrpcCall] on a
/// [io.sidetrace.sidecar.export.grpc.GrpcConnection]. Frames come in through
/// [io.sidetrace.sidecar.export.grpc.FrameInput] and go out through
/// [io.sidetrace.sidecar.export.grpc.FrameOutput]; what an answer means for the batch says
/// [io.sidetrace.sidecar.export.grpc.GrpcAnswer].
@NullMarked
package io.sidetrace.sidecar.export.grpc;

import org.jspecify.annotations.NullMarked;
