/// What each pod should have and what it has. In come a pod as the cluster tells it, its namespace,
/// the configs, and what its sidecar answered when it was asked; out go a finding for each pod that
/// a config is for, and notices for the workloads behind them. Pure: `sidecars` asks, `reconcile`
/// gathers, and `status` sums up.
///
/// `Examiner` (what today's rules give a pod) → `Expectation`; with the pod and the sidecar's
/// `Reading` → `Examination` → `NamespaceSurvey`.
@NullMarked
package io.sidetrace.operator.survey;

import org.jspecify.annotations.NullMarked;
