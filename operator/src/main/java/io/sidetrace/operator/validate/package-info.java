/// Judges a spec: in comes what the API server stored, out goes `Valid` or `Invalid` with one
/// violation for each thing that cannot work.
///
/// The schema's own rules stop most of it at apply; here the same is judged once more, for configs
/// that were stored under an older schema, together with what CEL cannot see. `resolve` warns by
/// it, `reconcile` renders only what is valid.
@NullMarked
package io.sidetrace.operator.validate;

import org.jspecify.annotations.NullMarked;
