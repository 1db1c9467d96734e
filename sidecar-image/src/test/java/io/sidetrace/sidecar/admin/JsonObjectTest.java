package io.sidetrace.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class JsonObjectTest {

  @Test
  void everyKindOfValue_hasItsForm() {
    var object =
        new JsonObject()
            .put("text", "a\"b\\c\nd\u0001é")
            .put("number", 12L)
            .put("truth", true)
            .put("none", null)
            .put("list", List.of(1, new JsonObject().put("x", "y")))
            .put("empty", List.of())
            .put("object", new JsonObject());

    assertThat(object.format())
        .isEqualTo(
            "{\"text\":\"a\\\"b\\\\c\\u000ad\\u0001é\",\"number\":12,\"truth\":true,\"none\":null,"
                + "\"list\":[1,{\"x\":\"y\"}],\"empty\":[],\"object\":{}}");
  }

  /// Read back by a library, which knows nothing of the writer.
  @Test
  void anyText_isReadBack() {
    for (int c = 0; c < 0xd800; c++) {
      String text = "<" + (char) c + ">";
      Object read =
          new Load(LoadSettings.builder().build())
              .loadFromString(new JsonObject().put("key", text).format());
      assertThat(read).as("U+%04x", c).isEqualTo(java.util.Map.of("key", text));
      c += c > 0x200 ? 97 : 0;
    }
  }
}
