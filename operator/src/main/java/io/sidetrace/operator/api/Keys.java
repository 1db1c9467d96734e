package io.sidetrace.operator.api;

/// The labels and annotations that users write and that they read back.
public final class Keys {
  public static final String PREFIX = "sidetrace.io/";

  /// Namespace label: `enabled` or `disabled`.
  public static final String INJECTION = PREFIX + "injection";

  /// Pod label or annotation: `true` or `false`.
  public static final String INJECT = PREFIX + "inject";

  /// The name of a TracingConfig in the pod's namespace, else in the operator's.
  public static final String CONFIG = PREFIX + "config";

  public static final String SERVICE_NAME = PREFIX + "service-name";
  public static final String SAMPLING = PREFIX + "sampling";
  public static final String INTERCEPTION = PREFIX + "interception";
  public static final String INCLUDE_INBOUND_PORTS = PREFIX + "include-inbound-ports";
  public static final String EXCLUDE_INBOUND_PORTS = PREFIX + "exclude-inbound-ports";
  public static final String EXCLUDE_OUTBOUND_PORTS = PREFIX + "exclude-outbound-ports";
  public static final String EXCLUDE_OUTBOUND_CIDRS = PREFIX + "exclude-outbound-cidrs";
  public static final String LOG_LEVEL = PREFIX + "log-level";
  public static final String SIDECAR_IMAGE = PREFIX + "sidecar-image";
  public static final String SIDECAR_CPU = PREFIX + "sidecar-cpu";
  public static final String SIDECAR_MEMORY = PREFIX + "sidecar-memory";

  /// Written by the webhook: the label `true` on a pod that has its sidecar.
  public static final String INJECTED = PREFIX + "injected";

  /// Written by the webhook: an annotation that says as JSON what it added.
  public static final String STATUS = PREFIX + "status";

  /// Written by the controller: an annotation whose change makes the kubelet look at the mounted
  /// ConfigMap at once.
  public static final String CONFIG_HASH = PREFIX + "config-hash";

  private Keys() {}
}
