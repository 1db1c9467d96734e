package io.sidetrace.operator.api;

/// Parts of rules that several records share, in the language of the schema. Literals only, because
/// annotations take nothing else.
final class Cel {
  static final String DURATION = "'^[0-9]+([.][0-9]+)?(ms|s|m)$'";
  static final String DURATION_EXPECTED =
      "(expected: a duration above 0 in ms, s or m, such as 1s or 250ms)";

  /// What stands in a request line: no space, no control character, no #.
  static final String PATH = "'^/[!\"$-~]*$'";

  /// A host as it stands in a Host header: with a port where needed.
  static final String HOST = "'^([A-Za-z0-9._-]+|[[][0-9A-Fa-f:.]+])(:[0-9]{1,5})?$'";

  static final String HOST_EXPECTED =
      "(expected: a host name, with a port where needed, such as zipkin.example.com:9411)";

  /// A token of RFC 9110 in lower case, as HTTP/2 wants it; a percent sign would begin a format
  /// string.
  static final String FIELD_NAME = "'^[a-z0-9!#$&*+.^_`|~-]+$'";

  static final String FIELD_NAME_EXPECTED =
      "(expected: the name of a header in lower case, none of those that HTTP itself uses, and no"
          + " binary metadata)";

  /// Names of header fields that carry, frame or route a message: not the user's to set.
  static final String RESERVED =
      "['connection', 'content-encoding', 'content-length', 'content-type', 'expect', 'host',"
          + " 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']";

  /// Visible characters and spaces between them; a percent sign would begin a format string.
  static final String FIELD_VALUE = "'^[!-$&-~]([ -$&-~]*[!-$&-~])?$'";

  static final String FIELD_VALUE_EXPECTED =
      "(expected: visible characters but %, and spaces between them)";

  /// A path without query, as rules compare it.
  static final String BARE_PATH = "'^/[!\"$->@-~]*$'";

  static final String BARE_PATH_EXPECTED =
      "(expected: a path that starts with /, without query, such as /static/)";

  static final String OBJECT_NAME = "'^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'";
  static final String OBJECT_NAME_EXPECTED =
      "(expected: the name of a Secret: letters in lower case, digits, . and -)";
  static final String DATA_KEY = "'^[A-Za-z0-9._-]+$'";
  static final String DATA_KEY_EXPECTED =
      "(expected: a key of a Secret: letters, digits, . _ and -)";

  private Cel() {}
}
