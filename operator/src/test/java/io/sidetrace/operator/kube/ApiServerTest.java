package io.sidetrace.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sidetrace.operator.fake.ApiRequest;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Samples;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiServerTest {

  private static final ConfigMap DESIRED = Samples.configMap("shop", Map.of("owner", "us"));

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient operators = kubernetes.operatorsClient();
  private final KubernetesClient users = kubernetes.usersClient();
  private final Cluster cluster = new ApiServer(operators);

  @AfterEach
  void close() {
    users.close();
    operators.close();
    kubernetes.close();
  }

  @Test
  void create_isNotedUnderTheOperatorsName() {
    assertThat(cluster.create(DESIRED)).isTrue();

    ConfigMap stored = Objects.requireNonNull(stored());
    assertThat(stored.getData()).isEqualTo(DESIRED.getData());
    assertThat(stored.getMetadata().getManagedFields())
        .extracting(entry -> entry.getManager())
        .containsExactly(Cluster.FIELD_MANAGER);
  }

  @Test
  void create_leavesOneThatIsThereAlone() {
    users.resource(Samples.configMap("shop", Map.of())).create();

    assertThat(cluster.create(DESIRED)).isFalse();

    assertThat(Objects.requireNonNull(stored()).getMetadata().getLabels()).isEmpty();
  }

  @Test
  void rewrite_makesTheDataExactlyThis() {
    ConfigMap seen = created();

    assertThat(cluster.rewrite(seen, Map.of("b", "2"))).isTrue();

    ConfigMap stored = Objects.requireNonNull(stored());
    assertThat(stored.getData()).isEqualTo(Map.of("b", "2"));
    assertThat(stored.getMetadata().getLabels()).isEqualTo(Map.of("owner", "us"));
  }

  @Test
  void rewrite_ofOneThatHasChanged_isLeft() {
    ConfigMap seen = created();
    users.resource(new ConfigMapBuilder(seen).addToData("foreign", "x").build()).update();

    assertThat(cluster.rewrite(seen, Map.of("b", "2"))).isFalse();

    assertThat(Objects.requireNonNull(stored()).getData()).containsKey("foreign");
  }

  @Test
  void rewrite_ofOneThatIsGone_isLeft() {
    ConfigMap seen = created();
    users.resource(seen).delete();

    assertThat(cluster.rewrite(seen, Map.of("b", "2"))).isFalse();

    assertThat(stored()).isNull();
  }

  @Test
  void delete_takesOnlyWhatWasSeen() {
    ConfigMap seen = created();
    ConfigMap changed =
        users.resource(new ConfigMapBuilder(seen).addToData("b", "2").build()).update();

    assertThat(cluster.delete(seen)).isFalse();
    assertThat(stored()).isNotNull();

    assertThat(cluster.delete(changed)).isTrue();
    assertThat(stored()).isNull();
  }

  @Test
  void annotate_goesThroughTheStatusOfThePod() {
    var pod = Samples.injectedPod("shop", "web", "shop/a", "h1");
    users.resource(pod).create();

    cluster.annotate(pod, "sidetrace.io/config-hash", "h2");

    assertThat(
            users.pods().inNamespace("shop").withName("web").get().getMetadata().getAnnotations())
        .containsEntry("sidetrace.io/config-hash", "h2")
        .containsKey("sidetrace.io/status");
    assertThat(kubernetes.writes())
        .containsExactly(new ApiRequest("patch", "", "pods/status", "shop", "web"));
  }

  @Test
  void annotate_ofAPodThatIsGone_isNoFailure() {
    cluster.annotate(Samples.injectedPod("shop", "web", "shop/a", "h1"), "key", "value");

    assertThat(kubernetes.writes()).hasSize(1);
  }

  @Test
  void anyOtherRefusal_isThrown() throws Exception {
    try (var _ = kubernetes.refuse(request -> request.is("create", "configmaps"), 403)) {
      assertThatThrownBy(() -> cluster.create(DESIRED))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("refused by the test");
    }
  }

  private ConfigMap created() {
    cluster.create(DESIRED);
    return Objects.requireNonNull(stored());
  }

  private @Nullable ConfigMap stored() {
    return users.configMaps().inNamespace("shop").withName("sidetrace").get();
  }
}
