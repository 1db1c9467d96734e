@NullMarked
package io.sidetrace.operator.tls;

import org.jspecify.annotations.NullMarked;
