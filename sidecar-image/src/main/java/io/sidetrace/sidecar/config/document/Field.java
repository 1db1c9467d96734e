package io.sidetrace.sidecar.config.document;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One field of a message, there or not, and what it should be. A value that does not fit is
/// refused and a fitting one returned in its place.
public final class Field {
  private final Reading reading;
  private final String path;
  private final Value value;

  Field(Reading reading, String path, Value value) {
    this.reading = reading;
    this.path = path;
    this.value = value;
  }

  public boolean isGiven() {
    return !(value instanceof Value.Nothing);
  }

  /// Protocol Buffers do not tell an empty text from none, so it is replaced too.
  public String text(String otherwise) {
    return switch (value) {
      case Value.Text(var text) -> text.isEmpty() ? otherwise : text;
      case Value.Nothing() -> otherwise;
      default -> refused("text", otherwise);
    };
  }

  /// Text of at least one character.
  public String requiredText() {
    return switch (value) {
      case Value.Text(var text) when !text.isEmpty() -> text;
      case Value.Nothing() -> missing("text", "");
      default -> refused("text that is not empty", "");
    };
  }

  public boolean flag(boolean otherwise) {
    return switch (value) {
      case Value.Flag(var flag) -> flag;
      case Value.Text(var text) when text.equals("true") || text.equals("false") ->
          text.equals("true");
      case Value.Nothing() -> otherwise;
      default -> refused("true or false", otherwise);
    };
  }

  /// A whole number within bounds, both included.
  public int integer(int least, int most, int otherwise) {
    double number = value.number();
    if (number == Math.rint(number) && number >= least && number <= most) {
      return (int) number;
    }
    return isGiven() ? refused(range(least, most), otherwise) : otherwise;
  }

  public int requiredInteger(int least, int most) {
    return isGiven() ? integer(least, most, least) : missing(range(least, most), least);
  }

  /// A number within bounds, both included.
  public double number(double least, double most, double otherwise) {
    double number = value.number();
    if (number >= least && number <= most) {
      return number;
    }
    return isGiven() ? refused(range(least, most), otherwise) : otherwise;
  }

  private static String range(double least, double most) {
    return least == most ? plain(least) : plain(least) + ".." + plain(most);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /// A span of time, zero included: `"0.25s"`.
  public Duration duration(Duration otherwise) {
    if (!isGiven()) {
      return otherwise;
    }
    Duration duration = value instanceof Value.Text(var text) ? Durations.parse(text) : null;
    return duration == null ? refused("seconds, such as \"0.25s\"", otherwise) : duration;
  }

  /// A span of time above zero.
  public Duration positiveDuration(Duration otherwise) {
    Duration duration = duration(otherwise);
    return duration.isZero() ? refused("more than 0s", otherwise) : duration;
  }

  /// A constant by name, in upper or lower case; `otherwise` decides the type.
  public <E extends Enum<E>> E choice(E otherwise) {
    return choice(otherwise, otherwise);
  }

  /// A constant by name, in upper or lower case.
  ///
  /// @param onceRefused what to go on with after another name was refused: that which lets most of
  ///   the other fields be right
  public <E extends Enum<E>> E choice(E otherwise, E onceRefused) {
    if (!isGiven()) {
      return otherwise;
    }
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    if (value instanceof Value.Text(var text)) {
      for (E constant : constants) {
        if (constant.name().equals(text) || constant.name().toLowerCase(Locale.ROOT).equals(text)) {
          return constant;
        }
      }
    }
    String names = Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "));
    refuse(
        "%s (%s: %s)"
            .formatted(describe(), constants.length == 1 ? "expected" : "expected one of", names));
    return onceRefused;
  }

  /// An IP address, which is no name; where it is refused, the loopback's.
  public InetAddress ipAddress() {
    String text = requiredText();
    if (isIp(text)) {
      return InetAddress.ofLiteral(text);
    }
    if (!text.isEmpty()) {
      refuse(describe() + " (expected: an IP address)");
    }
    return InetAddress.getLoopbackAddress();
  }

  /// Whether a text is an IP address: [InetAddress#ofLiteral] alone would take `1.2` for `1.0.0.2`.
  public static boolean isIp(String host) {
    if (host.indexOf(':') < 0 && host.chars().filter(c -> c == '.').count() != 3) {
      return false;
    }
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Reads a text of this field's that is a document itself; null where it is none.
  public <T> @Nullable T document(String text, Reader<T> reader) {
    if (reading instanceof Reading.OfFieldNames || text.isEmpty()) {
      return Message.read(reading, path, Value.Mapping.EMPTY, reader);
    }
    return switch (DocumentParser.parse(text)) {
      case Parsed.Document(var root) -> Message.read(reading, path, root, reader);
      case Parsed.Malformed(var reason) -> {
        refuse(reason);
        yield null;
      }
    };
  }

  /// A message, or null where it is not given.
  public <T extends @Nullable Object> @Nullable T message(Reader<T> reader) {
    return isGiven() || reading instanceof Reading.OfFieldNames ? requiredMessage(reader) : null;
  }

  /// A message; one that is missing is refused and read as an empty one.
  public <T extends @Nullable Object> T requiredMessage(Reader<T> reader) {
    return switch (value) {
      case Value.Mapping mapping -> Message.read(reading, path, mapping, reader);
      case Value.Nothing() when reading instanceof Reading.OfFieldNames ->
          Message.read(reading, path, Value.Mapping.EMPTY, reader);
      case Value.Nothing() -> missing("an object", placeholder(reader));
      default -> refused("an object", placeholder(reader));
    };
  }

  private static <T extends @Nullable Object> T placeholder(Reader<T> reader) {
    return Message.read(new Reading.ForPlaceholder(), "", Value.Mapping.EMPTY, reader);
  }

  /// Messages, in order; those that a reader turns into null are left out.
  public <T> List<T> messages(Reader<? extends @Nullable T> reader) {
    return elements(element -> element.requiredMessage(reader));
  }

  /// Elements of any kind, in order; those that turn into null are left out.
  public <T> List<T> elements(Function<Field, @Nullable T> reader) {
    List<T> values = new ArrayList<>();
    for (Field element : elements()) {
      @Nullable T read = reader.apply(element);
      if (read != null) {
        values.add(read);
      }
    }
    return values;
  }

  /// Texts, none of them empty.
  public List<String> texts() {
    return elements().stream().map(Field::requiredText).toList();
  }

  private List<Field> elements() {
    if (value instanceof Value.Sequence(var elements)) {
      List<Field> fields = new ArrayList<>();
      for (Value element : elements) {
        fields.add(new Field(reading, path + "[" + fields.size() + "]", element));
      }
      return fields;
    }
    if (isGiven()) {
      refuse(describe() + " (expected: a list)");
    }
    return reading instanceof Reading.OfFieldNames ? List.of(this) : List.of();
  }

  /// Refuses the field unless it has the one value that is supported, or is not given.
  public void only(boolean supported, String reason) {
    if (flag(supported) != supported) {
      refuse("%s is unsupported: %s (expected: %s)".formatted(!supported, reason, supported));
    }
  }

  public void refuse(String message) {
    reading.refuse(path, message);
  }

  /// Whether it is a list without elements.
  public boolean isEmptyList() {
    return value instanceof Value.Sequence(var elements) && elements.isEmpty();
  }

  /// How many elements a list has; 0 where it is not given or is none.
  public int size() {
    return value instanceof Value.Sequence(var elements) ? elements.size() : 0;
  }

  /// The value, for a message to a person.
  public String describe() {
    return value.describe();
  }

  /// The value as it stands, for fields whose content is the user's own.
  public Value value() {
    return value;
  }

  /// The fields of an object whose names are the user's own; none where this is no object.
  public Map<String, Field> entries() {
    Map<String, Field> entries = new LinkedHashMap<>();
    if (value instanceof Value.Mapping(var fields)) {
      fields.forEach(
          (name, entry) -> entries.put(name, new Field(reading, path + "." + name, entry)));
    }
    return entries;
  }

  String path() {
    return path;
  }

  Reading reading() {
    return reading;
  }

  private <T extends @Nullable Object> T missing(String expected, T instead) {
    refuse("missing (expected: " + expected + ")");
    return instead;
  }

  private <T extends @Nullable Object> T refused(String expected, T instead) {
    refuse(describe() + " (expected: " + expected + ")");
    return instead;
  }

  @Override
  public String toString() {
    return path + "=" + Objects.toString(value);
  }
}
