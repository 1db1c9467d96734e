package io.sidetrace.operator.webhook;

/// Judges one object. Called by many threads at once; what it throws is caught, counted and
/// answered with an unchanged object.
@FunctionalInterface
interface Admission {
  Answer review(AdmissionRequest request);
}
