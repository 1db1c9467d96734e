/// What users write and read back: the `TracingConfig` resource, its spec and its status.
///
/// In comes what the API server stored; out go immutable records that `validate` judges and
/// `resolve` and `render` read. The schema under `crds/` is generated from this package: the
/// annotations here are what `kubectl explain` shows and what `kubectl apply` enforces. Records
/// ignore fields that they do not know: while a newer schema is installed already, one resource
/// with a new field must not stop an informer from reading all the others.
@NullMarked
package io.sidetrace.operator.api;

import org.jspecify.annotations.NullMarked;
