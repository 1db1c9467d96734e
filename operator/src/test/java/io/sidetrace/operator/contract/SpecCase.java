package io.sidetrace.operator.contract;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.SpecFiles;
import io.sidetrace.operator.api.TracingConfigSpec;
import java.util.Objects;
import java.util.stream.Stream;

/// Specs that between them use everything a TracingConfig can say.
record SpecCase(String name, TracingConfigSpec spec) {
  static Stream<SpecCase> all() {
    return Stream.concat(ofZipkin(), ofEveryProvider());
  }

  private static Stream<SpecCase> ofEveryProvider() {
    return SpecFiles.names().stream().map(name -> of(name, SpecFiles.read(name)));
  }

  private static Stream<SpecCase> ofZipkin() {
    return Stream.of(
        of(
            "smallest",
            """
            provider: {zipkin: {}}
            collector: {service: {name: zipkin, port: 9411}}
            """),
        of(
            "the article's own",
            """
            provider: {zipkin: {collectorEndpoint: /api/v1/spans}}
            collector:
              name: zipkin
              connectTimeout: 1s
              type: STATIC
              lbPolicy: ROUND_ROBIN
              endpoints: [{address: 10.96.0.17, port: 9411}]
            """),
        of(
            "service of another namespace",
            """
            provider: {zipkin: {sharedSpanContext: false}}
            collector:
              name: tracing_collector
              connectTimeout: 250ms
              service: {name: zipkin, namespace: observability, port: 9411}
            """),
        of(
            "several static endpoints of both families",
            """
            provider: {zipkin: {traceId128Bit: true, collectorHostname: "zipkin.example.com:9411"}}
            collector:
              type: STATIC
              connectTimeout: 1.5m
              endpoints: [{address: 127.0.0.1, port: 1}, {address: "fd00::9", port: 65535}]
            """),
        of(
            "several names",
            """
            provider: {zipkin: {}}
            collector:
              endpoints: [{address: localhost, port: 9411}, {address: 127.0.0.1, port: 9412}]
            """),
        of(
            "one name, one address of it",
            """
            provider: {zipkin: {}}
            collector: {type: LOGICAL_DNS, endpoints: [{address: localhost, port: 9411}]}
            """),
        of(
            "nothing sampled",
            """
            sampling: {client: 0, random: 0, overall: 0}
            provider: {zipkin: {}}
            collector: {service: {name: zipkin, port: 9411}}
            """),
        of(
            "parts of a percent",
            """
            sampling: {client: 50, random: 0.01, overall: 33.33}
            provider: {zipkin: {}}
            collector: {service: {name: zipkin, port: 9411}}
            """),
        of(
            "tags of every source",
            """
            provider: {zipkin: {}}
            collector: {service: {name: zipkin, port: 9411}}
            maxPathTagLength: 32
            connectionSpans: true
            tags:
              - {name: team, literal: "blue \\"quoted\\" ünicode"}
              - {name: pod, environment: {name: POD_NAME}}
              - {name: zone, environment: {name: ZONE, defaultValue: unknown}}
              - {name: tenant, requestHeader: {name: x-tenant}}
              - {name: plan, requestHeader: {name: X-Plan, defaultValue: free}}
            """));
  }

  private static SpecCase of(String name, String yaml) {
    return new SpecCase(
        name,
        Objects.requireNonNull(
            new KubernetesSerialization().unmarshal(yaml, TracingConfigSpec.class)));
  }

  @Override
  public String toString() {
    return name;
  }
}
