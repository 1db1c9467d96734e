@NullMarked
package io.sidetrace.operator.webhook;

import org.jspecify.annotations.NullMarked;
