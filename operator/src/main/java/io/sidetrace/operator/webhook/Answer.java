package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;

/// What an admission answers: a JSON patch (empty: the object stays as it came) and warnings for
/// the client. There is no denial: tracing never keeps a pod from running.
record Answer(ArrayNode patch, List<String> warnings) {

  /// The API server passes on 4096 bytes of warnings; what is beyond this many is not read anyway.
  private static final int MAX_WARNINGS = 16;

  Answer {
    int more = warnings.size() - MAX_WARNINGS;
    warnings =
        more <= 0
            ? List.copyOf(warnings)
            : Stream.concat(
                    warnings.stream().limit(MAX_WARNINGS),
                    Stream.of("sidetrace: and " + more + " more warnings"))
                .toList();
  }

  static Answer unchanged(List<String> warnings) {
    return new Answer(JsonNodeFactory.instance.arrayNode(), warnings);
  }
}
