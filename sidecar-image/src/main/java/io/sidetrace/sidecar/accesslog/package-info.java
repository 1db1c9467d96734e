/// Access logs: a line per exchange, to standard output, standard error or files.
///
/// `exchange` hands what it knows of an exchange to its
/// [io.sidetrace.sidecar.accesslog.AccessLogger], which makes the lines on the event loop and adds
/// them to bounded buffers. One thread, of [io.sidetrace.sidecar.accesslog.AccessLogs], writes
/// them; when it cannot keep up, lines are dropped and counted.
@NullMarked
package io.sidetrace.sidecar.accesslog;

import org.jspecify.annotations.NullMarked;
