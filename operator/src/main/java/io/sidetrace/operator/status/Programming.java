package io.sidetrace.operator.status;

/// How far a config has come: of the namespaces that hold the operator's ConfigMap and can use it,
/// how many have its present form.
public record Programming(int current, int total) {

  public Programming {
    if (current < 0 || current > total) {
      throw new IllegalArgumentException("current: " + current + " (expected: 0.." + total + ")");
    }
  }
}
