package io.sidetrace.operator.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The leader's side: keeps the Secret's certificates fresh and their authorities published. One
/// pass reads the cluster, decides, and writes what differs, so it can run at any time and any
/// number of times. Called by one thread at a time.
public final class CertificateKeeper {

  private static final Logger log = LoggerFactory.getLogger(CertificateKeeper.class);
  private static final String FIELD_MANAGER = "sidetrace-operator";

  private final KubernetesClient client;
  private final WebhookNames names;
  private final Rotation rotation;
  private final Clock clock;

  public CertificateKeeper(
      KubernetesClient client, WebhookNames names, SecureRandom random, Clock clock) {
    this.client = client;
    this.names = names;
    this.rotation = new Rotation(names.serviceDnsNames(), random);
    this.clock = clock;
  }

  /// Passes now, after every change of a webhook configuration, and in the interval at the latest,
  /// until interrupted. What fails is logged and tried again: without certificates no pod is
  /// injected.
  public void keep(Duration interval) throws InterruptedException {
    var changes = new Semaphore(0);
    while (true) {
      passOrLog();
      try (var _ = mutating().inform(new Changed<>(changes));
          var _ = validating().inform(new Changed<>(changes))) {
        passOnEveryChange(changes, interval);
      } catch (KubernetesClientException e) {
        log.error("the webhook configurations cannot be followed; trying again", e);
      }
      Thread.sleep(interval);
    }
  }

  private void passOnEveryChange(Semaphore changes, Duration interval) throws InterruptedException {
    while (true) {
      changes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
      changes.drainPermits();
      passOrLog();
    }
  }

  /// The boundary of a pass: nothing that it meets may end the keeping.
  private void passOrLog() {
    try {
      pass();
    } catch (RuntimeException e) {
      log.error("the webhook's certificates could not be kept; trying again", e);
    }
  }

  /// Reads, decides, writes. The authority is stored before it is published: a bundle must never
  /// outlive the keys behind it.
  public void pass() {
    Secret secret = secrets().get();
    WebhookCertificates current = secret == null ? null : read(secret);
    WebhookCertificates next = rotation.next(current, published(), clock.instant());
    if (!next.equals(current)) {
      store(secret, next);
    }
    publish(next.caBundle());
  }

  private List<X509Certificate> published() {
    List<PublishedBundle> bundles = new ArrayList<>();
    MutatingWebhookConfiguration mutating = mutating().get();
    ValidatingWebhookConfiguration validating = validating().get();
    if (mutating != null) {
      bundles.addAll(PublishedBundle.of(mutating));
    }
    if (validating != null) {
      bundles.addAll(PublishedBundle.of(validating));
    }
    return PublishedBundle.trustedByAll(bundles);
  }

  private void publish(String caBundle) {
    MutatingWebhookConfiguration mutating = mutating().get();
    if (mutating == null) {
      log.warn(
          "MutatingWebhookConfiguration {} is absent: no pod is injected", names.configuration());
    } else {
      patch(mutating(), PublishedBundle.of(mutating), caBundle);
    }
    ValidatingWebhookConfiguration validating = validating().get();
    if (validating != null) {
      patch(validating(), PublishedBundle.of(validating), caBundle);
    }
  }

  private void patch(Resource<?> resource, List<PublishedBundle> bundles, String caBundle) {
    var patch = PublishedBundle.patch(bundles, caBundle);
    if (patch.isEmpty()) {
      return;
    }
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withFieldManager(FIELD_MANAGER)
            .build();
    resource.patch(context, patch.toString());
    log.info("published the authority's bundle in {} of {}", bundles.size(), names.configuration());
  }

  private void store(@Nullable Secret before, WebhookCertificates certificates) {
    if (before == null) {
      client.resource(secret(certificates)).create();
      log.info("made the webhook's certificates in Secret {}", names.secret());
    } else {
      // The resource version read above guards the write: of two leaders in one moment, the later
      // one fails and reads again.
      Secret after =
          new SecretBuilder(before)
              .withData(certificates.toSecretData())
              .withStringData(Map.of())
              .build();
      client.resource(after).update();
      log.info("renewed the webhook's certificates in Secret {}", names.secret());
    }
  }

  private Secret secret(WebhookCertificates certificates) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(names.secret())
        .withNamespace(names.namespace())
        .addToLabels("app.kubernetes.io/managed-by", "sidetrace")
        .endMetadata()
        .withType("Opaque")
        .withData(certificates.toSecretData())
        .build();
  }

  private @Nullable WebhookCertificates read(Secret secret) {
    return switch (WebhookCertificates.parse(
        secret.getData() == null ? Map.of() : secret.getData())) {
      case WebhookCertificates.Content.Complete(var certificates) -> certificates;
      case WebhookCertificates.Content.Broken(var reason) -> {
        log.warn("Secret {} is unreadable and is made anew: {}", names.secret(), reason);
        yield null;
      }
    };
  }

  private Resource<Secret> secrets() {
    return client.secrets().inNamespace(names.namespace()).withName(names.secret());
  }

  private Resource<MutatingWebhookConfiguration> mutating() {
    return client
        .admissionRegistration()
        .v1()
        .mutatingWebhookConfigurations()
        .withName(names.configuration());
  }

  private Resource<ValidatingWebhookConfiguration> validating() {
    return client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(names.configuration());
  }
}
