@NullMarked
package io.sidetrace.operator.kube;

import org.jspecify.annotations.NullMarked;
