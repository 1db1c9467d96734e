package io.sidetrace.operator.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.EnumSet;

/// The difference of two trees as an RFC 6902 patch.
public final class PatchOperations {
  /// Additions, removals and replacements alone: what is moved or copied is hard to read in an
  /// audit log.
  private static final EnumSet<DiffFlags> PLAIN =
      EnumSet.of(DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION);

  private PatchOperations() {}

  /// Empty where the trees are equal.
  public static ArrayNode between(JsonNode before, JsonNode after) {
    return (ArrayNode) JsonDiff.asJson(before, after, PLAIN);
  }
}
