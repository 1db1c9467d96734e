package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.format.Format;
import java.util.List;
import java.util.stream.Stream;

/// What one level (a route, its virtual host, or the route configuration) changes in heads: it
/// removes first and adds then. Names are in lower case.
public record HeaderMutations(
    List<Addition> requestAdditions,
    List<String> requestRemovals,
    List<Addition> responseAdditions,
    List<String> responseRemovals) {
  public HeaderMutations {
    requestAdditions = List.copyOf(requestAdditions);
    requestRemovals = List.copyOf(requestRemovals);
    responseAdditions = List.copyOf(responseAdditions);
    responseRemovals = List.copyOf(responseRemovals);
  }

  /// A field to be added.
  ///
  /// @param keepEmpty whether a value that turns out empty is added all the same
  public record Addition(String name, Format value, AppendAction action, boolean keepEmpty) {}

  /// What happens where a field of the name is there already. The names are Envoy's.
  public enum AppendAction {
    APPEND_IF_EXISTS_OR_ADD,
    ADD_IF_ABSENT,
    OVERWRITE_IF_EXISTS_OR_ADD,
    OVERWRITE_IF_EXISTS
  }

  public boolean isEmpty() {
    return requestAdditions.isEmpty()
        && requestRemovals.isEmpty()
        && responseAdditions.isEmpty()
        && responseRemovals.isEmpty();
  }

  /// The format strings that are written when the request's head is gone.
  public Stream<Format> responseFormats() {
    return responseAdditions.stream().map(Addition::value);
  }
}
