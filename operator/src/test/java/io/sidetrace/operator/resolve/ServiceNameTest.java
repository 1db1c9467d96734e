package io.sidetrace.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ServiceNameTest {
  private static final String REPLICA_SET =
      "ownerReferences: [{kind: ReplicaSet, name: web-5d4f8c, controller: true}]";

  static Stream<Arguments> pods() {
    return Stream.of(
        argumentSet(
            "recommended label",
            "labels: {app.kubernetes.io/name: cart, app: other}, " + REPLICA_SET,
            "cart"),
        argumentSet("app label", "labels: {app: cart}, " + REPLICA_SET, "cart"),
        argumentSet(
            "Deployment",
            "labels: {pod-template-hash: 5d4f8c}, generateName: web-5d4f8c-, " + REPLICA_SET,
            "web"),
        argumentSet("bare ReplicaSet", REPLICA_SET, "web-5d4f8c"),
        argumentSet(
            "StatefulSet",
            "name: db-0, ownerReferences: [{kind: StatefulSet, name: db, controller: true}]",
            "db"),
        argumentSet(
            "owner that is no controller",
            "name: own, ownerReferences: [{kind: Thing, name: thing}]",
            "own"),
        argumentSet("bare pod", "name: web", "web"),
        argumentSet("generated name", "generateName: web-", "web"),
        argumentSet("nothing", "annotations: {}", "shop"));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void serviceName_isDerivedFromThePod(String metadata, String expected) {
    var pod = Pods.read("apiVersion: v1\nkind: Pod\nmetadata: {" + metadata + "}\n");

    assertThat(ServiceName.derive(pod)).isEqualTo(expected);
  }
}
