package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.HeaderMutations;
import io.sidetrace.sidecar.config.HeaderMutations.Addition;
import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.propagation.HeaderReader;
import java.util.List;

/// What the configuration changes in the heads of a route's exchanges, in Envoy's order: the
/// route's own mutations, its virtual host's, the route configuration's; each removes before it
/// adds. Immutable.
final class HeaderChanges {
  private final List<HeaderMutations> levels;

  /// @param levels the most specific first
  HeaderChanges(List<HeaderMutations> levels) {
    this.levels = List.copyOf(levels);
  }

  /// @param head as the edits leave it
  void request(ExchangeFacts facts, HeaderReader head, HeaderEdits edits) {
    for (HeaderMutations level : levels) {
      apply(level.requestRemovals(), level.requestAdditions(), facts, head, edits);
    }
  }

  /// @param head as the edits leave it
  void response(ExchangeFacts facts, HeaderReader head, HeaderEdits edits) {
    for (HeaderMutations level : levels) {
      apply(level.responseRemovals(), level.responseAdditions(), facts, head, edits);
    }
  }

  private static void apply(
      List<String> removals,
      List<Addition> additions,
      ExchangeFacts facts,
      HeaderReader head,
      HeaderEdits edits) {
    for (String name : removals) {
      edits.remove(name);
    }
    // All values before the first change: formats of one level do not see each other's fields.
    String[] values = new String[additions.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = additions.get(i).value().format(facts);
    }
    for (int i = 0; i < values.length; i++) {
      add(additions.get(i), values[i], head, edits);
    }
  }

  private static void add(Addition addition, String value, HeaderReader head, HeaderEdits edits) {
    if (value.isEmpty() && !addition.keepEmpty()) {
      return;
    }
    String name = addition.name();
    switch (addition.action()) {
      case APPEND_IF_EXISTS_OR_ADD -> edits.append(name, value);
      case OVERWRITE_IF_EXISTS_OR_ADD -> edits.set(name, value);
      case ADD_IF_ABSENT -> {
        if (head.first(name) == null) {
          edits.append(name, value);
        }
      }
      case OVERWRITE_IF_EXISTS -> {
        if (head.first(name) != null) {
          edits.set(name, value);
        }
      }
    }
  }
}
