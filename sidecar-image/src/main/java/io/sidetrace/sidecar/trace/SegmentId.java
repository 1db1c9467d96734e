package io.sidetrace.sidecar.trace;

/// The identifiers of SkyWalking, which are texts, as those of ours, and back. One of our spans is
/// one segment of theirs, whose only span has the index 0.
public final class SegmentId {
  /// FNV-1a's, of 64 bits.
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  /// Any other beginning makes another hash of the same text.
  private static final long OTHER_OFFSET = 0x9e3779b97f4a7c15L;

  private SegmentId() {}

  /// The segment that is our span.
  public static String of(TraceContext span) {
    return of(span.traceId(), span.spanId());
  }

  public static String of(TraceId traceId, long spanId) {
    return traceId.format() + '-' + Hex.format(spanId);
  }

  /// The text of a trace that may have come from SkyWalking.
  public static String traceText(TraceContext context) {
    return context.remark() instanceof Remark.SkyWalking said
        ? said.traceId()
        : context.traceId().format();
  }

  /// 16 or 32 hexadecimal digits are our identifier, any other text has a hash as its own: the same
  /// everywhere and always.
  public static TraceId traceId(String text) {
    TraceId same = TraceId.parse(text);
    return same == null ? new TraceId(hash(text, FNV_OFFSET), hash(text, OTHER_OFFSET)) : same;
  }

  /// The span in a segment: ours where it is one of ours, else a hash.
  public static long spanId(TraceId traceId, String segmentId, int spanIndex) {
    String prefix = traceId.format() + '-';
    int start = prefix.length();
    boolean ours =
        spanIndex == 0
            && segmentId.length() == start + 16
            && segmentId.startsWith(prefix)
            && Hex.endOfLowerDigits(segmentId, start) == start + 16
            && !Hex.isZero(segmentId, start, start + 16);
    return ours ? Hex.parse(segmentId, start) : hash(segmentId, FNV_OFFSET + spanIndex);
  }

  /// FNV-1a, its bits spread as in MurmurHash3. Never zero.
  private static long hash(String text, long offset) {
    long hash = offset;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
