/// What became of a TracingConfig, in the words of Kubernetes. In come the outcomes of judging and
/// writing a config and what was found about each of its pods, summed up as a `Fleet`; out goes its
/// next status, which `reconcile` writes where it differs.
@NullMarked
package io.sidetrace.operator.status;

import org.jspecify.annotations.NullMarked;
