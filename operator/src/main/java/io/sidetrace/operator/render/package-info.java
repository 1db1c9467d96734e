/// Writes out what was decided: a valid spec becomes the three files that the sidecar reads, a
/// settled sidecar becomes containers and volumes. The same input gives the same bytes.
///
/// The files are Envoy's own language, so a real Envoy runs on them too; what Envoy has no word for
/// stands in metadata that it passes over ([io.sidetrace.operator.render.ExtensionTree]). Secrets
/// are named here and read nowhere ([io.sidetrace.operator.render.SecretFiles]). `reconcile` puts
/// them into ConfigMaps; `inject` puts containers and volumes into pods.
@NullMarked
package io.sidetrace.operator.render;

import org.jspecify.annotations.NullMarked;
