package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.exchange.WireUser.Ending;
import org.jspecify.annotations.Nullable;

/// Passes bytes between two wires as they come, ends and resets too: what is not HTTP, and HTTP
/// that has switched to something else. Event-loop confined.
final class Relay {
  private final Wire downstream;
  private final IdleTimer idle;
  private final End end;
  private long fromDownstream;
  private long fromUpstream;
  private boolean ended;
  private @Nullable Wire endedFirst;

  /// Who is told of it.
  interface End {
    /// Bytes that the client sent go by; they are only lent.
    default void fromClient(ByteBuf bytes) {}

    /// Both directions have ended; the last call of all, made once, with Envoy's letters for whose
    /// end it was.
    void relayed(long fromDownstream, long fromUpstream, Ending ending, String flag);
  }

  private Relay(Wire downstream, IdleTimer idle, End end) {
    this.downstream = downstream;
    this.idle = idle;
    this.end = end;
  }

  /// Takes over both wires. What they said before, the caller has written already.
  ///
  /// @param idle ends both when both are silent
  static void join(Wire downstream, Wire upstream, IdleTimer idle, End end) {
    Relay relay = new Relay(downstream, idle, end);
    idle.start(() -> {
      downstream.close();
      upstream.close();
    });
    downstream.use(relay.new Side(downstream, upstream));
    upstream.use(relay.new Side(upstream, downstream));
    downstream.flush();
    upstream.flush();
    relay.start(downstream, upstream);
    relay.start(upstream, downstream);
  }

  /// An end that came before the relay did is passed on now.
  private void start(Wire from, Wire to) {
    from.reading(to.writable() || to.isClosed());
    if (from.inputHasEnded()) {
      note(from);
      to.endOutput();
    }
  }

  private void passing(Wire from, ByteBuf bytes) {
    if (from == downstream) {
      fromDownstream += bytes.readableBytes();
      end.fromClient(bytes);
    } else {
      fromUpstream += bytes.readableBytes();
    }
  }

  private void ended(Ending ending) {
    if (!ended) {
      ended = true;
      idle.stop();
      String flag =
          endedFirst == downstream
              ? ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION
              : ResponseFlag.UPSTREAM_CONNECTION_TERMINATION;
      end.relayed(fromDownstream, fromUpstream, ending, flag);
    }
  }

  private void note(Wire from) {
    if (endedFirst == null) {
      endedFirst = from;
    }
  }

  /// One direction: from its wire to the other.
  private final class Side implements WireUser {
    private final Wire from;
    private final Wire to;

    Side(Wire from, Wire to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void read(ByteBuf bytes) {
      idle.event();
      passing(from, bytes);
      to.write(bytes);
      from.reading(to.writable());
    }

    @Override
    public void readComplete() {
      to.flush();
    }

    @Override
    public void inputEnded() {
      note(from);
      to.endOutput();
    }

    @Override
    public void opened() {
      to.reading(true);
    }

    @Override
    public void writabilityChanged() {
      idle.event();
      to.reading(from.writable());
    }

    /// A refused upstream looks to the client like a reset, as close to a refusal as an accepted
    /// connection can come.
    @Override
    public void closed(Ending ending) {
      note(from);
      if (ending == Ending.CLOSED) {
        to.close();
      } else {
        to.abort();
      }
      ended(ending);
    }
  }
}
