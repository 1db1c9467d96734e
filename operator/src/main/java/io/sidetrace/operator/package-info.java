/// Composition root: one image, two modes. `webhook` answers admissions (`webhook` → `resolve` →
/// `render` → `inject`), `controller` writes what the sidecars read (`reconcile` → `render` →
/// `kube`, then `status`) and keeps the webhook's certificates (`tls`). In come arguments,
/// environment and signals; out goes a process.
@NullMarked
package io.sidetrace.operator;

import org.jspecify.annotations.NullMarked;
