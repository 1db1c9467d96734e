package io.sidetrace.operator.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a sidecar says on `/status`, as far as it is looked at. Whatever runs in a pod may have
/// written it: texts are cut and cleaned before they go anywhere.
///
/// @param applied the version of the configuration in force; null: none yet
/// @param refusal why the newest one is not in force; null where it is
/// @param lastOutcome what became of the last export under the configuration in force; null: there
///   was none yet
/// @param exportAt when that export was, in the sidecar's words; null: there was none at all
/// @param disregarded the moment of an export that an earlier configuration was in force for
public record SidecarReport(
    @Nullable String applied,
    @Nullable String refusal,
    @Nullable String lastOutcome,
    @Nullable String exportAt,
    @Nullable String disregarded) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// A refusal names a path, a value and what was expected: its beginning says which.
  private static final int MAX_TEXT = 240;

  /// Its own form is an `ok` or a reason with details.
  static final String ARRIVED = "ok";

  /// The report, or why it is none.
  public static Reading parse(String body) {
    JsonNode json;
    try {
      json = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return new Reading.Silent("its sidecar answers something that is not JSON");
    }
    JsonNode config = json.path("config");
    if (!config.path("state").isTextual()) {
      return new Reading.Silent("its sidecar answers no status (expected: config.state)");
    }
    return new Reading.Answered(
        new SidecarReport(
            text(config.path("applied")),
            text(config.path("refused").path("message")),
            text(json.path("lastExport").path("outcome")),
            text(json.path("lastExport").path("at")),
            null));
  }

  /// This one as what follows an earlier one: the last export says nothing of a collector that was
  /// configured after it.
  SidecarReport after(SidecarReport earlier) {
    boolean isReconfigured = !Objects.equals(applied, earlier.applied);
    String former = isReconfigured ? earlier.exportAt : earlier.disregarded;
    return former == null || !former.equals(exportAt)
        ? this
        : new SidecarReport(applied, refusal, null, exportAt, former);
  }

  /// Whether it differs from an earlier one in what anybody is told.
  boolean tellsTheSameAs(SidecarReport other) {
    return Objects.equals(applied, other.applied)
        && Objects.equals(refusal, other.refusal)
        && Objects.equals(lastOutcome, other.lastOutcome);
  }

  private static @Nullable String text(JsonNode node) {
    String text = node.textValue();
    if (text == null) {
      return null;
    }
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
  }
}
