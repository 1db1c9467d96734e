/// Puts a rendered sidecar into a pod: in come the pod's JSON and the sidecar, out goes the pod's
/// JSON with it, and the difference as an RFC 6902 patch for the admission response.
///
/// It works on the tree, never on a typed pod: fields that this version does not know survive. A
/// second pass changes nothing.
@NullMarked
package io.sidetrace.operator.inject;

import org.jspecify.annotations.NullMarked;
