import java.util.Map;
import java.util.function.Consumer;

/// Continues what was received, asks with the fields that it writes, and says what it made of it.
interface Sdk {
  Told continued(Map<String, String> received, Consumer<Map<String, String>> ask);
}

/// The trace, the span that was continued, the span that asked, as hexadecimal digits, and whether it is sampled.
record Told(String trace, String parent, String client, boolean sampled) {}
