package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/// What an admission answers: a JSON patch (empty: the object stays as it came) and warnings for
/// the client. There is no denial: tracing never keeps a pod from running.
record Answer(ArrayNode patch, List<String> warnings) {

  Answer {
    warnings = List.copyOf(warnings);
  }

  static Answer unchanged(List<String> warnings) {
    return new Answer(JsonNodeFactory.instance.arrayNode(), warnings);
  }
}
