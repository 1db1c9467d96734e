package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.resolve.ConfigChoice;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.SidecarSettings;
import io.sidetrace.operator.resolve.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Renders what a pod gets.
public final class SidecarRenderer {
  static final String CONFIG_VOLUME = "sidetrace-config";
  static final String RUN_VOLUME = "sidetrace-run";
  static final String RUN_DIRECTORY = "/run/sidetrace";

  /// What the redirect tells the sidecar.
  static final String INTERCEPTION_REPORT = RUN_DIRECTORY + "/interception";

  private SidecarRenderer() {}

  public static RenderedSidecar render(Verdict.Inject verdict) {
    var settings = verdict.settings();
    var containers = List.of(RedirectContainer.render(settings), SidecarContainer.render(settings));
    var volumes = List.of(configVolume(verdict.config()), runVolume());
    return new RenderedSidecar(
        containers, volumes, status(settings, verdict.config(), containers, volumes));
  }

  /// Optional, so that the pod starts before its configuration exists; the kubelet fills the
  /// directory in later. Secrets that the configuration names stand in the same directory.
  private static Volume configVolume(ConfigChoice choice) {
    var secrets = secrets(choice);
    var items = items(choice.reference());
    var volume = new VolumeBuilder().withName(CONFIG_VOLUME);
    if (secrets.isEmpty()) {
      return volume
          .withNewConfigMap()
          .withName(RenderedConfig.CONFIG_MAP)
          .withOptional(true)
          .withItems(items)
          .endConfigMap()
          .build();
    }
    return volume
        .withNewProjected()
        .addNewSource()
        .withNewConfigMap()
        .withName(RenderedConfig.CONFIG_MAP)
        .withOptional(true)
        .withItems(items)
        .endConfigMap()
        .endSource()
        .addAllToSources(secrets)
        .endProjected()
        .build();
  }

  private static List<KeyToPath> items(ConfigReference reference) {
    return Stream.of(
            RenderedConfig.BOOTSTRAP_FILE,
            RenderedConfig.LISTENERS_FILE,
            RenderedConfig.CLUSTERS_FILE)
        .map(file -> new KeyToPath(reference.key(file), null, file))
        .toList();
  }

  /// None while there is no configuration that names them.
  private static List<VolumeProjection> secrets(ConfigChoice choice) {
    var spec = spec(choice);
    var collector = spec == null ? null : spec.collector();
    return collector == null ? List.of() : SecretFiles.projections(collector);
  }

  private static Volume runVolume() {
    return new VolumeBuilder()
        .withName(RUN_VOLUME)
        .withNewEmptyDir()
        .withMedium("Memory")
        .endEmptyDir()
        .build();
  }

  private static String status(
      SidecarSettings settings,
      ConfigChoice choice,
      List<Container> containers,
      List<Volume> volumes) {
    var note =
        new InjectionNote(
            settings.version(),
            choice.reference().format(),
            hash(choice),
            Fingerprint.of(containers, volumes));
    return note.format(containers, volumes);
  }

  /// Null while there is no configuration to speak of.
  private static @Nullable String hash(ConfigChoice choice) {
    var spec = spec(choice);
    return spec == null ? null : ConfigRenderer.render(spec, choice.reference().namespace()).hash();
  }

  private static @Nullable TracingConfigSpec spec(ConfigChoice choice) {
    var config = choice.config();
    return config == null ? null : config.getSpec();
  }
}
