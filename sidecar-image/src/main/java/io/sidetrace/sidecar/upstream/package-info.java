/// Where connections go: clusters, their endpoints, and connecting to one.
///
/// In come [io.sidetrace.sidecar.config.ClusterDefinition]s, whenever the configuration changes;
/// out go connected channels on the caller's own event loop. `exchange` relays requests over them,
/// `export` sends spans over them.
///
/// Starting points: [io.sidetrace.sidecar.upstream.Clusters], then
/// [io.sidetrace.sidecar.upstream.Cluster].
@NullMarked
package io.sidetrace.sidecar.upstream;

import org.jspecify.annotations.NullMarked;
