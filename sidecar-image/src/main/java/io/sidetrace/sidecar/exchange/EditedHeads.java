package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.propagation.HeaderReader;

/// The heads of the moment, of one version of HTTP, as their edits leave them; the names of format
/// strings are understood. Confined to their event loop.
///
/// @param request as it goes upstream
/// @param changing the same without the fields of its trace's context, which come last
/// @param response as it goes to the client
record EditedHeads(HeaderReader request, HeaderReader changing, HeaderReader response) {
  static EditedHeads of(HeaderEdits edits, RequestFields request, HeaderReader response) {
    return new EditedHeads(
        edits.over(request), edits.withoutContext(request), edits.over(response));
  }
}
