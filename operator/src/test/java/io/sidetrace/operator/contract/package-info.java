/// The contract with what reads the rendered configuration: the sidecar, and a real Envoy.
@NullMarked
package io.sidetrace.operator.contract;

import org.jspecify.annotations.NullMarked;
