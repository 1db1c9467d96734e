/// Spans out to the collectors that the configuration names.
///
/// In come finished spans, through the sinks that [io.sidetrace.sidecar.export.Exporters] hands to
/// `tracing`, one per event loop; `report` batches them; out they go over an upstream cluster. A
/// [io.sidetrace.sidecar.export.Protocol] says how one provider is spoken to: each has a package of
/// its own below this one, and the composition root chooses among them. What goes over HTTP/1 is
/// sent from here ([io.sidetrace.sidecar.export.HttpCollector]), calls of gRPC from `export.grpc`;
/// both put the fields of [io.sidetrace.sidecar.export.MessageFields] along, credentials among
/// them.
@NullMarked
package io.sidetrace.sidecar.export;

import org.jspecify.annotations.NullMarked;
