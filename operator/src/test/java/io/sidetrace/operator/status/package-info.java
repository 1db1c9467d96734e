@NullMarked
package io.sidetrace.operator.status;

import org.jspecify.annotations.NullMarked;
