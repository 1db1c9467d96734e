package io.sidetrace.operator.tls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `caBundle` of one entry of a webhook configuration, empty when absent. Immutable.
record PublishedBundle(String webhook, String caBundle) {

  static List<PublishedBundle> of(MutatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream()
        .map(entry -> of(entry.getName(), entry.getClientConfig().getCaBundle()))
        .toList();
  }

  static List<PublishedBundle> of(ValidatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream()
        .map(entry -> of(entry.getName(), entry.getClientConfig().getCaBundle()))
        .toList();
  }

  /// The authorities that every entry trusts; none when there is no entry.
  static List<X509Certificate> trustedByAll(List<PublishedBundle> bundles) {
    List<X509Certificate> trusted = new ArrayList<>();
    for (int i = 0; i < bundles.size(); i++) {
      List<X509Certificate> here = WebhookCertificates.parseCaBundle(bundles.get(i).caBundle());
      if (i == 0) {
        trusted.addAll(here);
      } else {
        trusted.retainAll(here);
      }
    }
    return List.copyOf(trusted);
  }

  /// A JSON patch that publishes the bundle in each entry that has another; empty when all have it.
  /// Each change tests the entry's name first, because a JSON patch can only count entries, and an
  /// upgrade of the chart may reorder them.
  static ArrayNode patch(List<PublishedBundle> bundles, String caBundle) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < bundles.size(); i++) {
      if (!bundles.get(i).caBundle().equals(caBundle)) {
        String entry = "/webhooks/" + i;
        operation(patch, "test", entry + "/name", bundles.get(i).webhook());
        operation(patch, "add", entry + "/clientConfig/caBundle", caBundle);
      }
    }
    return patch;
  }

  private static void operation(ArrayNode patch, String operation, String path, String value) {
    patch.addObject().put("op", operation).put("path", path).put("value", value);
  }

  private static PublishedBundle of(String webhook, @Nullable String caBundle) {
    return new PublishedBundle(webhook, caBundle == null ? "" : caBundle);
  }
}
