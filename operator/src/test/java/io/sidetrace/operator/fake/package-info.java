/// A Kubernetes API server in memory, for what the operator asks of one: the tests' edge of the
/// system. `FakeApiServer` speaks HTTP, `ObjectStore` keeps the objects and their history.
@NullMarked
package io.sidetrace.operator.fake;

import org.jspecify.annotations.NullMarked;
