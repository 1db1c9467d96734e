package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.exchange.WireUser.Ending;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An HTTP/1 connection from where on it is not understood, as it speaks another protocol now or
/// none that is known: its bytes count for the exchange that led to it. Event-loop confined.
final class OpaqueRelay implements Relay.End {
  private final ExchangeQueue exchanges;
  private final @Nullable Exchange receiving;
  private final LoopTools tools;

  /// @param receiving the exchange whose request had not ended; null without
  OpaqueRelay(ExchangeQueue exchanges, @Nullable Exchange receiving, LoopTools tools) {
    this.exchanges = exchanges;
    this.receiving = receiving;
    this.tools = tools;
  }

  /// Takes over both wires, and what was read from them.
  ///
  /// @param idle for which nothing may come; zero: without end
  void begin(Wire client, @Nullable ByteBuf fromClient, UpstreamLink link, Duration idle) {
    ByteBuf fromUpstream = link.takeHeld();
    if (fromUpstream != null) {
      exchanges.countRelayed(0, fromUpstream.readableBytes());
      client.write(fromUpstream);
    }
    if (fromClient != null) {
      exchanges.countRelayed(fromClient.readableBytes(), 0);
      link.wire.write(fromClient);
    }
    Relay.join(client, link.wire, new IdleTimer(tools, idle), this);
  }

  @Override
  public void relayed(long sent, long received, Ending how, String flag) {
    exchanges.countRelayed(sent, received);
    exchanges.failAll(flag, tools);
    if (receiving != null) {
      receiving.finish(tools);
    }
  }
}
