/// Composition root.
@NullMarked
package io.sidetrace.operator;

import org.jspecify.annotations.NullMarked;
