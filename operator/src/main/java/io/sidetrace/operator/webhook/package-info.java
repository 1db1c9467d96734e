/// The admission webhook. In comes an AdmissionReview from the API server, out goes the same review
/// answered: always allowed, with a JSON patch for a pod that gets a sidecar and with warnings for
/// whoever applied what cannot work. Nothing follows.
///
/// `WebhookServer` → `AdmissionHandler` (limits, fail-open) → `PodAdmission` (pods) or
/// `WorkloadAdvice` (what creates them).
@NullMarked
package io.sidetrace.operator.webhook;

import org.jspecify.annotations.NullMarked;
