package io.sidetrace.sidecar.config.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.Zipkin.TraceContextOption;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZipkinTest {
  private static Zipkin zipkin(TraceIds traceIds, TraceContextOption option) {
    return new Zipkin("z", "/api/v2/spans", "z", Zipkin.Version.HTTP_JSON, traceIds, false, option);
  }

  @Test
  void b3Mode_readsAndWritesB3Only() {
    Dialect dialect = zipkin(TraceIds.ROOT_SPAN_64, TraceContextOption.USE_B3).dialect();

    assertThat(dialect.extract()).containsExactly(HeaderFormat.B3_AS_RECEIVED);
    assertThat(dialect.inject()).containsExactly(HeaderFormat.B3_AS_RECEIVED);
  }

  @Test
  void w3cMode_readsB3FirstAndWritesBoth() {
    Dialect dialect =
        zipkin(TraceIds.ROOT_SPAN_64, TraceContextOption.USE_B3_WITH_W3C_PROPAGATION).dialect();

    assertThat(dialect.extract())
        .containsExactly(HeaderFormat.B3_AS_RECEIVED, HeaderFormat.TRACECONTEXT);
    assertThat(dialect.inject())
        .containsExactly(HeaderFormat.B3_AS_RECEIVED, HeaderFormat.TRACECONTEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT_SPAN_64, false, false",
    "ROOT_SPAN_128, true, false",
    "TIMESTAMPED_64, false, true",
    "TIMESTAMPED_128, true, true"
  })
  void settings_sayWhatTheIdsAre(TraceIds traceIds, boolean wide, boolean timestamped) {
    Map<String, Object> settings = zipkin(traceIds, TraceContextOption.USE_B3).settings();

    assertThat(settings)
        .containsEntry("trace_id_128bit", wide)
        .containsEntry("timestamp_trace_ids", timestamped);
  }
}
