/// The sidecar's configuration: a subset of Envoy's v3 bootstrap as records, read from JSON or YAML
/// and watched for changes.
///
/// Names, units and defaults are Envoy's. What is not supported is refused with its JSON path.
@NullMarked
package io.sidetrace.sidecar.config;

import org.jspecify.annotations.NullMarked;
