@NullMarked
package io.sidetrace.operator.sidecars;

import org.jspecify.annotations.NullMarked;
