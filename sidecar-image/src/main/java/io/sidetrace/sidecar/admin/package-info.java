/// What the sidecar says of itself over HTTP: Envoy's admin paths on loopback, and the status port
/// for kubelet, operator and Prometheus.
///
/// A request comes in, is matched with an [io.sidetrace.sidecar.admin.Endpoint], and is answered
/// from what [io.sidetrace.sidecar.admin.SidecarState] says at that moment, which the root package
/// provides. Nothing here changes the sidecar but `/drain`, which asks it to. `/explain` lets
/// `exchange` decide about a request that never was.
@NullMarked
package io.sidetrace.sidecar.admin;

import org.jspecify.annotations.NullMarked;
