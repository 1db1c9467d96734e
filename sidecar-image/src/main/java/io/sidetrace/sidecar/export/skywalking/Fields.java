package io.sidetrace.sidecar.export.skywalking;

/// The numbers of the fields of SkyWalking's messages, protocol 10, and of their enumerations.
final class Fields {
  // SegmentCollection
  static final int SEGMENTS = 1;

  // SegmentObject
  static final int TRACE_ID = 1;
  static final int SEGMENT_ID = 2;
  static final int SPANS = 3;
  static final int SERVICE = 4;
  static final int INSTANCE = 5;

  // SegmentReference
  static final int REF_TYPE = 1;
  static final int REF_TRACE_ID = 2;
  static final int REF_SEGMENT_ID = 3;
  static final int REF_SPAN_ID = 4;
  static final int REF_SERVICE = 5;
  static final int REF_INSTANCE = 6;
  static final int REF_ENDPOINT = 7;
  static final int REF_PEER = 8;

  // SpanObject
  static final int PARENT_SPAN_ID = 2;
  static final int START_MILLIS = 3;
  static final int END_MILLIS = 4;
  static final int REFS = 5;
  static final int OPERATION = 6;
  static final int PEER = 7;
  static final int TYPE = 8;
  static final int LAYER = 9;
  static final int COMPONENT = 10;
  static final int IS_ERROR = 11;
  static final int TAGS = 12;
  static final int LOGS = 13;

  // Log and KeyStringValuePair
  static final int LOG_MILLIS = 1;
  static final int LOG_DATA = 2;
  static final int KEY = 1;
  static final int VALUE = 2;

  // SpanType; Entry is 0, which is not written
  static final int EXIT = 1;

  // SpanLayer; Unknown is 0, which is not written
  static final int RPC_FRAMEWORK = 2;
  static final int HTTP = 3;

  // RefType; CrossProcess is 0, which is not written
  static final int CROSS_THREAD = 1;

  private Fields() {}
}
