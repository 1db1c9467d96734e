package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.SegmentId;
import io.sidetrace.sidecar.trace.TraceContext;
import java.nio.charset.StandardCharsets;

/// SkyWalking's `sw8`: sampled or not, the parent's trace, segment and span, and what the parent
/// is: service, instance, endpoint, and the address that it calls.
///
/// `sw8-correlation` and `sw8-x` say nothing of the trace and go on as they came.
final class SkyWalking implements ContextFormat {
  private static final String FIELD = "sw8";

  /// SkyWalking knows no longer names of endpoints, and their text is as long as a request's path.
  private static final int MAX_ENDPOINT = 150;

  /// In the place of what is not known: readers refuse contexts with an empty part.
  private static final String UNKNOWN = "-";

  private final String service;
  private final String instance;

  /// @param service who writes the contexts, as its spans say
  /// @param instance which of the service's processes
  SkyWalking(String service, String instance) {
    this.service = encode(service);
    this.instance = encode(instance);
  }

  @Override
  public String name() {
    return SkyWalkingParser.FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(FIELD);
    return field == null ? Extracted.Absent.INSTANCE : SkyWalkingParser.parse(field);
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    String path = request.path();
    String endpoint = path.length() > MAX_ENDPOINT ? path.substring(0, MAX_ENDPOINT) : path;
    upstream.set(
        FIELD,
        String.join(
            "-",
            sampled(context.sampling()),
            encode(SegmentId.traceText(context)),
            encode(SegmentId.of(context)),
            "0",
            service,
            instance,
            encode(endpoint),
            encode(request.authority())));
  }

  private static String sampled(Sampling sampling) {
    return sampling.recorded() ? "1" : "0";
  }

  private static String encode(String text) {
    return Base64Text.encode((text.isEmpty() ? UNKNOWN : text).getBytes(StandardCharsets.UTF_8));
  }
}
