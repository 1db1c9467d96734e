package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
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
    var volumes = List.of(configVolume(verdict.config().reference()), runVolume());
    return new RenderedSidecar(
        containers, volumes, status(settings, verdict.config(), containers, volumes));
  }

  /// Optional, so that the pod starts before its configuration exists; the kubelet fills the
  /// directory in later.
  private static Volume configVolume(ConfigReference reference) {
    var items =
        Stream.of(
                RenderedConfig.BOOTSTRAP_FILE,
                RenderedConfig.LISTENERS_FILE,
                RenderedConfig.CLUSTERS_FILE)
            .map(file -> new KeyToPath(reference.key(file), null, file))
            .toList();
    return new VolumeBuilder()
        .withName(CONFIG_VOLUME)
        .withNewConfigMap()
        .withName(RenderedConfig.CONFIG_MAP)
        .withOptional(true)
        .withItems(items)
        .endConfigMap()
        .build();
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
    var config = choice.config();
    var spec = config == null ? null : config.getSpec();
    return spec == null ? null : ConfigRenderer.render(spec, choice.reference().namespace()).hash();
  }
}
