/// The controller. In come events about namespaces, TracingConfigs, our ConfigMaps and injected
/// pods; out go one ConfigMap for each namespace that needs one, a nudge for each pod that mounts
/// an older form of it, and each config's status. Next is the kubelet, which brings the ConfigMap
/// into the pods.
///
/// `NamespaceReconciler` gathers a `NamespaceView` → `NamespacePlanner` (pure) → `NamespacePlan`,
/// carried out by `kube`. `TracingConfigReconciler` reads back what was written and tells it as
/// status, with what the `Surveyor` counts: a pass a second over the namespaces in which something
/// has changed, by `survey` from pods and from what `sidecars` asked → `Fleets` (the pods of each
/// config) and `Announcer` (events for workloads).
@NullMarked
package io.sidetrace.operator.reconcile;

import org.jspecify.annotations.NullMarked;
