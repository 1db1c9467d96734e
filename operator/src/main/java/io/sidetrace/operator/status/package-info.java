/// What became of a TracingConfig, in the words of Kubernetes. In come the outcomes of judging and
/// of writing a config, out goes its next status; `reconcile` writes it where it differs.
@NullMarked
package io.sidetrace.operator.status;

import org.jspecify.annotations.NullMarked;
