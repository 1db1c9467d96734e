package io.sidetrace.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Samples;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FollowingTest {

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient operators = kubernetes.operatorsClient();
  private final KubernetesClient users = kubernetes.usersClient();

  @AfterEach
  void close() {
    users.close();
    operators.close();
    kubernetes.close();
  }

  @Test
  void namespaces_areKnownByTheirLabels() {
    users.resource(Samples.labelled("shop")).create();

    try (var namespaces = Namespaces.follow(operators)) {
      assertThat(namespaces.isFollowing()).isTrue();
      assertThat(namespaces.labels("shop")).containsEntry("sidetrace.io/injection", "enabled");
      assertThat(namespaces.labels("unknown")).isEmpty();
    }
  }

  @Test
  void configs_areThoseOfTheNamespaceAndOfTheOperators() {
    users.resource(Samples.config("shop", "own")).create();
    users.resource(Samples.config("other", "foreign")).create();
    users.resource(Samples.config(Samples.OPERATOR_NAMESPACE, "default")).create();

    try (var configs = TracingConfigs.follow(operators, Samples.OPERATOR_NAMESPACE)) {
      assertThat(configs.isFollowing()).isTrue();
      assertThat(configs.usableIn("shop"))
          .extracting(FollowingTest::name)
          .containsExactly("own", "default");
      assertThat(configs.usableIn(Samples.OPERATOR_NAMESPACE))
          .extracting(FollowingTest::name)
          .containsExactly("default");
    }
  }

  @Test
  void oneResource_isToldNowAndAfterEveryChange_butNotOfItsEnd() throws Exception {
    BlockingQueue<Map<String, String>> told = new LinkedBlockingQueue<>();
    ConfigMap first = users.resource(Samples.configMap("shop", Map.of())).create();
    Follow.one(
        operators.configMaps().inNamespace("shop").withName("sidetrace"),
        configMap -> told.add(configMap.getData()));

    ConfigMap second =
        users.resource(new ConfigMapBuilder(first).withData(Map.of("a", "2")).build()).update();
    users.resource(second).delete();
    users.resource(Samples.configMap("shop", Map.of())).create();

    assertThat(next(told)).isEqualTo(Map.of("a", "1"));
    assertThat(next(told)).isEqualTo(Map.of("a", "2"));
    assertThat(next(told)).isEqualTo(Map.of("a", "1"));
  }

  private static Map<String, String> next(BlockingQueue<Map<String, String>> told)
      throws InterruptedException {
    var next = told.poll(10, TimeUnit.SECONDS);
    return next == null ? Map.of("told", "nothing") : next;
  }

  private static String name(TracingConfig config) {
    return config.getMetadata().getName();
  }
}
