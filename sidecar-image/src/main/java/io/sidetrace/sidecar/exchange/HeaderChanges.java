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

  /// @param levels the most specific first; those that change nothing cost no request anything
  HeaderChanges(List<HeaderMutations> levels) {
    this.levels = levels.stream().filter(level -> !level.isEmpty()).toList();
  }

  /// @param head as the edits leave it
  void request(ExchangeFacts facts, HeaderReader head, HeaderEdits edits) {
    for (int i = 0; i < levels.size(); i++) {
      HeaderMutations level = levels.get(i);
      apply(level.requestRemovals(), level.requestAdditions(), facts, head, edits);
    }
  }

  /// @param head as the edits leave it
  void response(ExchangeFacts facts, HeaderReader head, HeaderEdits edits) {
    for (int i = 0; i < levels.size(); i++) {
      HeaderMutations level = levels.get(i);
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
      overwrite(additions.get(i), values[i], head, edits);
    }
    for (int i = 0; i < values.length; i++) {
      add(additions.get(i), values[i], head, edits);
    }
  }

  /// As in Envoy, all that replaces comes before all that is added.
  private static void overwrite(
      Addition addition, String value, HeaderReader head, HeaderEdits edits) {
    boolean overwrites =
        switch (addition.action()) {
          case OVERWRITE_IF_EXISTS_OR_ADD -> true;
          case OVERWRITE_IF_EXISTS -> head.first(addition.name()) != null;
          case APPEND_IF_EXISTS_OR_ADD, ADD_IF_ABSENT -> false;
        };
    if (overwrites && isKept(addition, value)) {
      edits.overwrite(addition.name(), value);
    }
  }

  private static void add(Addition addition, String value, HeaderReader head, HeaderEdits edits) {
    boolean adds =
        switch (addition.action()) {
          case APPEND_IF_EXISTS_OR_ADD -> true;
          case ADD_IF_ABSENT -> head.first(addition.name()) == null;
          case OVERWRITE_IF_EXISTS_OR_ADD, OVERWRITE_IF_EXISTS -> false;
        };
    if (adds && isKept(addition, value)) {
      edits.append(addition.name(), value);
    }
  }

  private static boolean isKept(Addition addition, String value) {
    return !value.isEmpty() || addition.keepEmpty();
  }
}
