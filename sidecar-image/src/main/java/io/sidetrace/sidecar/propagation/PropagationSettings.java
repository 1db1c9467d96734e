package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;

/// Which formats are read and written, and who writes.
///
/// @param extract ordered: the first that is understood wins
/// @param inject all are written
/// @param injectUnsampled whether a request that is not sampled and brought no context gets one
/// @param service the name of the service, for formats that say who writes
/// @param instance which of the service's processes
public record PropagationSettings(
    List<HeaderFormat> extract,
    List<HeaderFormat> inject,
    boolean injectUnsampled,
    String service,
    String instance) {
  public PropagationSettings {
    extract = List.copyOf(extract);
    inject = List.copyOf(inject);
  }
}
