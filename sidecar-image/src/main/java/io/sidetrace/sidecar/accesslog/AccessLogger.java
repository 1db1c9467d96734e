package io.sidetrace.sidecar.accesslog;

import io.sidetrace.sidecar.config.AccessLog.Layout;
import io.sidetrace.sidecar.format.Absent;
import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.format.Format;
import java.util.List;
import java.util.stream.Stream;

/// The access logs of one connection manager or TCP proxy, on one event loop, to which it is
/// confined.
public final class AccessLogger {
  /// A line of most; a longer one makes it grow for itself only.
  private static final int LINE_BYTES = 1024;

  private final List<Output> outputs;
  private final AccessLogs logs;
  private StringBuilder line = new StringBuilder(LINE_BYTES);

  AccessLogger(List<Output> outputs, AccessLogs logs) {
    this.outputs = List.copyOf(outputs);
    this.logs = logs;
  }

  /// One log.
  record Output(Layout layout, LineSink sink) {}

  /// The formats of all lines.
  public Stream<Format> formats() {
    return outputs.stream()
        .flatMap(output ->
            switch (output.layout()) {
              case Layout.Text(var format) -> Stream.of(format);
              case Layout.Json(var format) -> format.formats();
            });
  }

  /// Adds a line to each log, of an exchange that has ended. Never blocks and never throws: what
  /// cannot be logged is counted.
  public void log(ExchangeFacts facts) {
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      try {
        write(output.layout(), facts);
        logs.add(output.sink(), line);
      } catch (RuntimeException e) {
        logs.countDropped();
      }
      line.setLength(0);
    }
    if (line.capacity() > 4 * LINE_BYTES) {
      line = new StringBuilder(LINE_BYTES);
    }
  }

  private void write(Layout layout, ExchangeFacts facts) {
    switch (layout) {
      case Layout.Text(var format) -> format.append(facts, Absent.DASH, line);
      case Layout.Json(var format) -> {
        format.append(facts, line);
        line.append('\n');
      }
    }
  }
}
