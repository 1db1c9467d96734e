package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.BootstrapReader.Bootstrap;
import io.sidetrace.sidecar.config.BootstrapReader.Source;
import io.sidetrace.sidecar.config.DiscoveryReader.Response;
import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Reader;
import io.sidetrace.sidecar.config.document.Reading;
import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.format.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One reading of the configuration: which files it went through and what was wrong in them. Used
/// once, by one thread.
final class ConfigReading {
  private final FileSource files;
  private final Readers readers = new Readers(Surroundings.ofProcess(), this::text);
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<Path> directories = new LinkedHashSet<>();
  private final MessageDigest digest = sha256();
  private boolean complete = true;
  private @Nullable Path missing;

  ConfigReading(FileSource files) {
    this.files = files;
  }

  /// The directories of all files that were read or looked for, and those to be watched instead.
  Set<Path> directories() {
    return Set.copyOf(directories);
  }

  ReadResult read(@Nullable Path bootstrapFile, String overlay, Node overrides) {
    Value.Mapping file = bootstrapFile == null ? Value.Mapping.EMPTY : file(bootstrapFile, null);
    Value.Mapping over = overlay.isEmpty() ? Value.Mapping.EMPTY : overlay(overlay);
    if (file == null || over == null) {
      return failure();
    }
    String name = bootstrapFile == null ? "--config-yaml" : fileName(bootstrapFile);
    Bootstrap bootstrap =
        Message.read(reading(name), file.merge(over), readers.bootstrap::bootstrap);
    Response<Listener> listeners =
        resources(bootstrap.sources().listeners(), readers.listeners::response);
    Response<ClusterDefinition> clusters =
        resources(bootstrap.sources().clusters(), readers.clusters::response);
    if (complete) {
      readers.names.check();
    }
    if (missing != null || !refusals.isEmpty()) {
      return failure();
    }
    return new ReadResult.Read(
        configuration(bootstrap, listeners, clusters),
        merged(bootstrap.node(), overrides),
        bootstrap.admin());
  }

  /// Refusals come first: a file that is on its way does not mend another.
  private ReadResult failure() {
    return refusals.isEmpty() && missing != null
        ? new ReadResult.Waiting(missing)
        : new ReadResult.Refused(refusals);
  }

  private <T> Response<T> resources(@Nullable Source source, Reader<Response<T>> reader) {
    if (source == null) {
      return new Response<>("", List.of());
    }
    Value.Mapping root = file(source.file(), source.directory());
    return root == null
        ? new Response<>("", List.of())
        : Message.read(reading(fileName(source.file())), root, reader);
  }

  private Value.@Nullable Mapping file(Path path, @Nullable Path directory) {
    directories.add(directory != null ? directory.toAbsolutePath() : around(path));
    try {
      byte[] bytes = files.read(path);
      digest.update(bytes);
      return parsed(fileName(path), DocumentParser.parse(bytes));
    } catch (NoSuchFileException e) {
      missing = missing == null ? path : missing;
    } catch (IOException e) {
      reading(fileName(path)).refuse("$", "cannot be read: " + e.getMessage());
    }
    complete = false;
    return null;
  }

  private static Path around(Path path) {
    Path absolute = path.toAbsolutePath();
    return absolute.getParent() == null ? absolute : absolute.getParent();
  }

  /// The text of a file that is named within the configuration. One that is not there yet is waited
  /// for, as the configuration's own files are.
  private @Nullable String text(Field field) {
    Path path = FilePaths.required(field);
    if (path.toString().isEmpty()) {
      return null;
    }
    directories.add(around(path));
    try {
      byte[] bytes = files.read(path);
      digest.update(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      missing = missing == null ? path : missing;
    } catch (IOException e) {
      field.refuse("%s cannot be read: %s".formatted(field.describe(), e.getMessage()));
    }
    complete = false;
    return null;
  }

  private Value.@Nullable Mapping overlay(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return parsed("--config-yaml", DocumentParser.parse(text));
  }

  private Value.@Nullable Mapping parsed(String name, Parsed parsed) {
    return switch (parsed) {
      case Parsed.Document(var root) -> root;
      case Parsed.Malformed(var reason) -> {
        reading(name).refuse("$", reason);
        complete = false;
        yield null;
      }
    };
  }

  private Reading reading(String name) {
    return new Reading.OfDocument(
        (path, message) -> refusals.add(new Refusal(name, path, message)));
  }

  private Configuration configuration(
      Bootstrap bootstrap, Response<Listener> listeners, Response<ClusterDefinition> clusters) {
    // 16 digits: what the operator writes as the version of the files that it renders.
    String version =
        listeners.version().isEmpty()
            ? HexFormat.of().formatHex(digest.digest(), 0, 8)
            : listeners.version();
    return new Configuration(
        version,
        join(bootstrap.resources().listeners(), listeners.resources()),
        join(bootstrap.resources().clusters(), clusters.resources()));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static Node merged(Node node, Node over) {
    return new Node(
        over.id().isEmpty() ? node.id() : over.id(),
        over.cluster().isEmpty() ? node.cluster() : over.cluster(),
        over.zone().isEmpty() ? node.zone() : over.zone());
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
