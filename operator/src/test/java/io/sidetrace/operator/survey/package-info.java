@NullMarked
package io.sidetrace.operator.survey;

import org.jspecify.annotations.NullMarked;
