/// Documents of named fields, from bytes to typed values: knows JSON, YAML and how Protocol Buffers
/// are written in them, and nothing of Envoy.
///
/// Bytes come in at [DocumentParser] and become a tree of [Value]s, which a second document may be
/// merged over. A reader walks the tree by [Message] and [Field], which check types and ranges and
/// refuse, by path, what does not fit and what nobody asked for. Next is
/// [io.sidetrace.sidecar.config], whose readers say what each message is made of.
@NullMarked
package io.sidetrace.sidecar.config.document;

import org.jspecify.annotations.NullMarked;
