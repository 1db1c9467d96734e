/// The cluster as the operator reads and writes it. In come watches and calls, out go lookups that
/// cost no call (`Namespaces`, `TracingConfigs`, `Pods`) and the few writes there are (`Cluster`).
/// Next are `webhook` and `reconcile`, which ask and decide.
@NullMarked
package io.sidetrace.operator.kube;

import org.jspecify.annotations.NullMarked;
