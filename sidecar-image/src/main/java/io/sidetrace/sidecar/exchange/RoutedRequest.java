package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.FieldBytes;
import io.sidetrace.sidecar.tracing.TracedRequest;

/// What routes look at, whatever version of HTTP it came in. Valid as long as the request's head.
interface RoutedRequest extends TracedRequest {
  FieldBytes fields();

  /// The target without its query.
  RequestPath routedPath();

  boolean isConnect();
}
