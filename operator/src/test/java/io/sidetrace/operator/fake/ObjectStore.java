package io.sidetrace.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The objects and every change of them. What changes nothing leaves no trace, as with the real
/// one. Guarded by its own monitor, which is notified after every change.
final class ObjectStore {

  /// Where an object is; a collection's `resource` has no subresource.
  record Key(String group, String resource, String namespace, String name) {
    static Key of(ApiRequest request) {
      return new Key(
          request.group(), request.resource().split("/")[0], request.namespace(), request.name());
    }

    Key named(String other) {
      return new Key(group, resource, namespace, other);
    }

    boolean isIn(Key collection) {
      return group.equals(collection.group)
          && resource.equals(collection.resource)
          && (collection.namespace.isEmpty() || namespace.equals(collection.namespace))
          && (collection.name.isEmpty() || name.equals(collection.name));
    }
  }

  /// One line of a watch; an update also says what was there before, because a selector may have
  /// matched that.
  record Event(
      long version, String type, Key key, ObjectNode object, @Nullable ObjectNode before) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::group)
          .thenComparing(Key::resource)
          .thenComparing(Key::namespace)
          .thenComparing(Key::name);

  private final Map<Key, ObjectNode> objects = new TreeMap<>(ORDER);
  private final List<Event> history = new ArrayList<>();
  private long version = 1;
  private long moment;

  synchronized long version() {
    return version;
  }

  /// Counts everything that happened, changes and requests.
  synchronized long moment() {
    return moment;
  }

  synchronized void moveOn() {
    moment++;
    notifyAll();
  }

  /// False where nothing happens any more for so long.
  synchronized boolean awaitMomentAfter(long seen, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (moment == seen) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized @Nullable ObjectNode get(Key key) {
    ObjectNode found = objects.get(key);
    return found == null ? null : found.deepCopy();
  }

  synchronized List<ObjectNode> list(Key collection) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().isIn(collection))
        .map(entry -> entry.getValue().deepCopy())
        .toList();
  }

  synchronized List<Event> since(long from, Key collection) {
    return history.stream()
        .filter(event -> event.version() > from && event.key().isIn(collection))
        .toList();
  }

  /// Null where there is one already.
  synchronized @Nullable ObjectNode create(Key key, ObjectNode object, String manager) {
    if (objects.containsKey(key)) {
      return null;
    }
    ObjectNode created = object.deepCopy();
    ObjectNode metadata = created.withObjectProperty("metadata");
    String now = now();
    metadata.put("name", key.name()).put("uid", key.name() + "-" + version);
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    if (!metadata.has("creationTimestamp")) {
      metadata.put("creationTimestamp", now);
    }
    metadata.put("generation", 1);
    manage(metadata, manager, now);
    return put("ADDED", key, created, null);
  }

  /// The changed object; null where there is none.
  synchronized @Nullable ObjectNode change(
      Key key, UnaryOperator<ObjectNode> change, String manager) {
    ObjectNode before = objects.get(key);
    if (before == null) {
      return null;
    }
    ObjectNode after = change.apply(before.deepCopy());
    after.set("metadata", withServersOwn(after.path("metadata"), before.path("metadata")));
    if (after.equals(before)) {
      return before.deepCopy();
    }
    ObjectNode metadata = after.withObjectProperty("metadata");
    if (!after.path("spec").equals(before.path("spec"))) {
      metadata.put("generation", before.at("/metadata/generation").asLong() + 1);
    }
    manage(metadata, manager, now());
    return put("MODIFIED", key, after, before);
  }

  synchronized @Nullable ObjectNode delete(Key key) {
    ObjectNode gone = objects.remove(key);
    if (gone != null) {
      record("DELETED", key, gone, null);
    }
    return gone;
  }

  private ObjectNode put(String type, Key key, ObjectNode object, @Nullable ObjectNode before) {
    record(type, key, object, before);
    objects.put(key, object);
    return object.deepCopy();
  }

  private void record(String type, Key key, ObjectNode object, @Nullable ObjectNode before) {
    version++;
    object.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
    history.add(new Event(version, type, key, object.deepCopy(), before));
    moveOn();
  }

  /// What clients send of these is not taken over.
  private static JsonNode withServersOwn(JsonNode sent, JsonNode stored) {
    ObjectNode metadata = sent.isObject() ? sent.deepCopy() : JsonNodeFactory.instance.objectNode();
    for (String field :
        List.of("uid", "creationTimestamp", "generation", "resourceVersion", "managedFields")) {
      metadata.remove(field);
      if (stored.has(field)) {
        metadata.set(field, stored.path(field));
      }
    }
    metadata.set("name", stored.path("name"));
    return inOrderOf((ObjectNode) stored, metadata);
  }

  /// Trees are compared without regard to order; printed ones read better with it.
  private static ObjectNode inOrderOf(ObjectNode model, ObjectNode fields) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    model
        .fieldNames()
        .forEachRemaining(name -> {
          if (fields.has(name)) {
            ordered.set(name, fields.path(name));
          }
        });
    ordered.setAll(fields);
    return ordered;
  }

  private static void manage(ObjectNode metadata, String manager, String now) {
    var entries = JsonNodeFactory.instance.arrayNode();
    metadata
        .path("managedFields")
        .forEach(entry -> {
          if (!entry.path("manager").asText().equals(manager)) {
            entries.add(entry);
          }
        });
    entries.addObject().put("manager", manager).put("operation", "Update").put("time", now);
    metadata.set("managedFields", entries);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
