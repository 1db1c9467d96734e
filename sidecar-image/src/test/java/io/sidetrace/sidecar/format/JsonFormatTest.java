package io.sidetrace.sidecar.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// JSON lines; what they look like was seen on Envoy 1.40.
final class JsonFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %RESPONSE_CODE%               | 200
          %RESPONSE_DURATION%           | null
          %REQ(X-NONE)%                 | null
          %ENVIRONMENT(NONE)%           | null
          %REQ(X-NONE)%/%RESPONSE_CODE% | "-/200"
          %RESPONSE_FLAGS%              | "-"
          100%%                         | "100%"
          x%BYTES_SENT%                 | "x544"
          %REQ(X-BROKEN)%               | "\\u00ff\\"\\\\"
          a"b                           | "a\\"b"
          """)
  void text_keepsTheTypeOfItsOnlyOperator(String text, String json) {
    assertThat(write(new JsonFormat.Text(FormatTest.compile(text)))).isEqualTo(json);
  }

  @Test
  void controlsWithAShortFormInJson_haveIt() {
    assertThat(write(new JsonFormat.Text(FormatTest.compile("a\b\t\n\f\rz"))))
        .isEqualTo("\"a\\b\\t\\n\\f\\rz\"");
  }

  @Test
  void octetsThatAreUtf8_stayAsTheyAre() {
    assertThat(write(new JsonFormat.Text(FormatTest.compile("%REQ(X-UTF)%\u001b"))))
        .isEqualTo("\"\u00c3\u00a9\\u001b\"");
  }

  @Test
  void document_isSortedAndOnOneLine() {
    JsonFormat format =
        JsonFormat.Fields.of(
            Map.of(
                "z", new JsonFormat.Plain("true"),
                "a\"", new JsonFormat.Text(FormatTest.compile("")),
                "m",
                    JsonFormat.Fields.of(
                        Map.of(
                            "q",
                            new JsonFormat.Elements(
                                List.of(
                                    new JsonFormat.Plain("5"),
                                    new JsonFormat.Text(FormatTest.compile("%DURATION%")))))),
                "n", new JsonFormat.Elements(List.of()),
                "o", JsonFormat.Fields.of(Map.of())));

    assertThat(write(format))
        .isEqualTo("{\"a\\\"\":\"\",\"m\":{\"q\":[5,1]},\"n\":[],\"o\":{},\"z\":true}");
    assertThat(format.formats()).hasSize(2);
  }

  private static String write(JsonFormat format) {
    var out = new StringBuilder("before ");
    format.append(FakeFacts.example(), out);
    return out.substring("before ".length());
  }
}
