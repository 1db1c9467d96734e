package io.sidetrace.sidecar.config.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Why a document is being read, which decides what becomes of refusals. Confined to one thread.
public sealed interface Reading {
  void refuse(String path, String message);

  /// A document is being read; its refusals matter.
  final class OfDocument implements Reading {
    private final BiConsumer<String, String> refused;

    /// Begins a reading.
    ///
    /// @param refused gets the path and the message of each refusal
    public OfDocument(BiConsumer<String, String> refused) {
      this.refused = refused;
    }

    @Override
    public void refuse(String path, String message) {
      refused.accept(path, message);
    }
  }

  /// Something was refused already and a reader must still return a value: it reads an empty
  /// message, and what it misses there is no news.
  final class ForPlaceholder implements Reading {
    @Override
    public void refuse(String path, String message) {}
  }

  /// Nothing is read, but every reader is walked through, each field that it asks for is noted, and
  /// absent messages, lists and alternatives are entered too. So the fields that are known can be
  /// compared with the fields that are documented.
  final class OfFieldNames implements Reading {
    private final List<KnownField> fields = new ArrayList<>();

    @Override
    public void refuse(String path, String message) {}

    void known(String message, String field) {
      fields.add(new KnownField(message, field));
    }

    public List<KnownField> fields() {
      return List.copyOf(fields);
    }
  }

  /// A field that a reader asks for.
  record KnownField(String message, String field) {}
}
