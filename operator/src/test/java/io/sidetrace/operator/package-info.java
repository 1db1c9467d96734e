/// What tests of several packages share.
@NullMarked
package io.sidetrace.operator;

import org.jspecify.annotations.NullMarked;
