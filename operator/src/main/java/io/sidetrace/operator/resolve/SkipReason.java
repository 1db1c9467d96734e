package io.sidetrace.operator.resolve;

import java.util.Locale;

/// Why a pod gets no sidecar.
public enum SkipReason {
  NOT_OPTED_IN("neither the pod nor its namespace asks for a sidecar"),
  OPTED_OUT("the pod or its namespace declines a sidecar"),
  UNREADABLE_CHOICE("whether the pod or its namespace asks for a sidecar cannot be read"),
  SYSTEM_NAMESPACE("pods of Kubernetes' own namespaces are left alone"),
  OPERATOR_NAMESPACE("pods of the operator's own namespace are left alone"),
  MIRROR_POD("a static pod cannot be changed through the API server"),
  HOST_NETWORK("with hostNetwork the redirect would catch the node's own traffic"),
  WINDOWS("the sidecar runs on Linux only"),
  UID_CLASH(
      "the pod runs as user 1337, the sidecar's own, whose traffic is not redirected (expected:"
          + " another user)"),
  NAME_CLASH("the pod has a container or volume of the sidecar's name (expected: another name)"),
  PORT_CLASH(
      "a container of the pod uses one of the sidecar's ports 15000, 15001, 15006 and 15020"
          + " (expected: another port)"),
  POD_SECURITY(
      "the namespace's Pod Security level forbids the redirect, and interception without it is not"
          + " supported yet (expected: level privileged)"),
  INTERCEPTION_NONE("interception none is not supported yet (expected: redirect)");

  private final String description;

  SkipReason(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  /// Whether the pod, or its namespace for it, asks for a sidecar all the same.
  public boolean isObstacle() {
    return switch (this) {
      case NOT_OPTED_IN,
          OPTED_OUT,
          UNREADABLE_CHOICE,
          SYSTEM_NAMESPACE,
          OPERATOR_NAMESPACE,
          MIRROR_POD ->
          false;
      case HOST_NETWORK,
          WINDOWS,
          UID_CLASH,
          NAME_CLASH,
          PORT_CLASH,
          POD_SECURITY,
          INTERCEPTION_NONE ->
          true;
    };
  }

  /// The reason as it stands in events and in a status: `HostNetwork`.
  public String word() {
    var word = new StringBuilder();
    for (char letter : name().toCharArray()) {
      boolean isFirst = word.isEmpty() || word.charAt(word.length() - 1) == '_';
      word.append(isFirst ? letter : Character.toLowerCase(letter));
    }
    return word.toString().replace("_", "");
  }

  /// The reason as the value of a metric's label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
