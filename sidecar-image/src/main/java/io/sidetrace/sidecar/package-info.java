/// Composition root.
@NullMarked
package io.sidetrace.sidecar;

import org.jspecify.annotations.NullMarked;
