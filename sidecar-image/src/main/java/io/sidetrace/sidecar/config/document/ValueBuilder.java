package io.sidetrace.sidecar.config.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// Builds values from the events of one document. Used once, by one thread.
final class ValueBuilder {
  /// Envoy's own messages nest some 25 deep.
  private static final int MAX_DEPTH = 100;

  /// Aliases written out. A listener with a thousand routes has some 20 000 values.
  private static final int MAX_VALUES = 200_000;

  private static final CoreScalarResolver SCALARS = new CoreScalarResolver(false);

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;

  ValueBuilder(Iterator<Event> events) {
    this.events = events;
  }

  Value.Mapping document() {
    Event event = events.next();
    while (event instanceof StreamStartEvent || event instanceof DocumentStartEvent) {
      event = events.next();
    }
    if (!(event instanceof NodeEvent)) {
      throw new Unreadable("", "nothing in it (expected: an object)");
    }
    Value root = value(event, 0);
    events.next(); // the end of the document
    if (!(root instanceof Value.Mapping mapping)) {
      throw new Unreadable("", root.describe() + " (expected: an object)");
    }
    if (events.next() instanceof DocumentStartEvent second) {
      throw new Unreadable(second, "a second document (expected: one)");
    }
    return mapping;
  }

  private Value value(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new Unreadable(event, "nested deeper than " + MAX_DEPTH + " (expected: less)");
    }
    count(event, 1);
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    Anchor name = event instanceof NodeEvent node ? node.getAnchor().orElse(null) : null;
    if (name == null) {
      return anchorable(event, depth);
    }
    anchors.remove(name); // within the value it would mean the value itself
    int before = values;
    Value value = anchorable(event, depth);
    anchor(name, new Anchored(value, before, values - before));
    return value;
  }

  /// Of two anchors of one name the later counts, which may stand within the earlier.
  private void anchor(Anchor name, Anchored anchored) {
    anchors.merge(name, anchored, (one, other) -> one.begun() >= other.begun() ? one : other);
  }

  private Value anchorable(Event event, int depth) {
    return switch (event) {
      case MappingStartEvent start -> mapping(start, depth);
      case SequenceStartEvent start -> sequence(start, depth);
      case ScalarEvent scalar -> scalar(scalar);
      default -> throw new Unreadable(event, event + " (expected: a value)");
    };
  }

  private Value mapping(MappingStartEvent start, int depth) {
    refuseAnyTag(start, start.getTag());
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
      if (!(key instanceof ScalarEvent name)) {
        throw new Unreadable(key, "a key that is no text (expected: the name of a field)");
      }
      refuseTag(name, name.getTag());
      name.getAnchor().ifPresent(its -> anchor(its, new Anchored(scalar(name), values, 1)));
      Value value = value(events.next(), depth + 1);
      if (fields.putIfAbsent(name.getValue(), value) != null) {
        throw new Unreadable(key, name.getValue() + " is given twice (expected: once)");
      }
    }
    return new Value.Mapping(fields);
  }

  private Value sequence(SequenceStartEvent start, int depth) {
    refuseAnyTag(start, start.getTag());
    List<Value> elements = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      elements.add(value(next, depth + 1));
    }
    return new Value.Sequence(elements);
  }

  private Value aliased(AliasEvent alias) {
    Anchored anchored = alias.getAnchor().map(anchors::get).orElse(null);
    if (anchored == null) {
      throw new Unreadable(alias, "an alias to nothing before it (expected: an anchor's name)");
    }
    count(alias, anchored.values());
    return anchored.value();
  }

  private void count(Event event, int more) {
    values += more;
    if (values > MAX_VALUES) {
      throw new Unreadable(event, "more than " + MAX_VALUES + " values (expected: less)");
    }
  }

  private static Value scalar(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!scalar.isPlain()) {
      refuseTag(scalar, scalar.getTag());
      return new Value.Text(text);
    }
    Tag tag = scalar.getTag().map(Tag::new).orElseGet(() -> SCALARS.resolve(text, true));
    if (tag.equals(Tag.STR)) {
      return new Value.Text(text);
    }
    refuseTag(scalar, scalar.getTag());
    if (tag.equals(Tag.NULL)) {
      return new Value.Nothing();
    }
    if (tag.equals(Tag.BOOL)) {
      return new Value.Flag(Boolean.parseBoolean(text));
    }
    double number = Numerals.parse(text);
    if (Double.isNaN(number)) {
      throw new Unreadable(scalar, text + " (expected: a finite number)");
    }
    return new Value.Numeral(number, text);
  }

  /// That a text is one may be said.
  private static void refuseTag(Event event, Optional<String> tag) {
    refuseAnyTag(event, tag.filter(name -> !name.equals(Tag.STR.getValue())));
  }

  private static void refuseAnyTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw new Unreadable(event, "the YAML tag " + tag.get() + " (expected: none)");
    }
  }

  /// @param begun how many values came before it
  private record Anchored(Value value, int begun, int values) {}

  /// Ends the reading of a document; caught by [DocumentParser].
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(Event event, String reason) {
      this(event.getStartMark().map(DocumentParser::position).orElse(""), reason);
    }

    Unreadable(String position, String reason) {
      super(position + reason, null, false, false);
    }

    String reason() {
      @Nullable String reason = getMessage();
      return reason == null ? "" : reason;
    }
  }
}
