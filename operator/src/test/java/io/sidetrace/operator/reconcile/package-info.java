@NullMarked
package io.sidetrace.operator.reconcile;

import org.jspecify.annotations.NullMarked;
