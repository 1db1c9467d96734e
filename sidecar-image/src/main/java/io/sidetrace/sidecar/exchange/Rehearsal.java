package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.codec.HeadFinder;
import io.sidetrace.sidecar.codec.Malformation;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.tracing.Explanation;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides about a request as the data plane would, and says why, without sending or counting
/// anything: the same heads, routes, tracers and edits, with counters and a tracer of their own.
/// Used once, by one thread.
public final class Rehearsal {
  private final ListenerBehaviour.Http http;
  private final LoopTools tools;

  private Rehearsal(ListenerBehaviour.Http http, LoopTools tools) {
    this.http = http;
    this.tools = tools;
  }

  /// A rehearsal of what that listener does; null where it serves no HTTP.
  ///
  /// @param loop whose clock is looked at
  public static @Nullable Rehearsal of(
      Listener listener, Clusters clusters, TracingFactory tracing, EventLoop loop) {
    HttpConnectionManager manager = listener.http();
    if (manager == null) {
      return null;
    }
    return new Rehearsal(
        ListenerBehaviour.Http.of(
            manager,
            tracing.rehearsal(manager, listener),
            tracing,
            new AccessLogs().logger(List.of())),
        new LoopTools(loop, clusters, new Counters()));
  }

  /// What would become of a request.
  public sealed interface Decided {
    /// It would be answered as malformed.
    record Refused(int status, String reason) implements Decided {}

    /// It would be served.
    ///
    /// @param route null: none matches
    /// @param cluster empty: none
    /// @param answer what the sidecar would answer itself; null: the request goes upstream
    /// @param explanation null: requests are neither traced nor identified here
    record Served(
        @Nullable Route route,
        String cluster,
        @Nullable Answer answer,
        @Nullable Explanation explanation,
        List<Change> changes)
        implements Decided {
      public Served {
        changes = List.copyOf(changes);
      }
    }
  }

  /// An answer of the sidecar's own.
  public record Answer(int status, String body, String flag) {}

  /// A change of the head on its way upstream.
  ///
  /// @param value null: the fields of that name are removed
  public record Change(Kind kind, String name, @Nullable String value) {
    public enum Kind {
      REPLACED,
      APPENDED,
      REMOVED
    }
  }

  /// A request to decide about.
  ///
  /// @param headers lines `Name: value`
  /// @param peer the address of its connection's other end
  public record Request(String method, String target, List<String> headers, String peer) {
    public Request {
      headers = List.copyOf(headers);
    }

    /// The head's octets; whatever could not be sent as one request ends it.
    private ByteBuf head() {
      Stream<String> lines =
          Stream.concat(
              Stream.of(method + ' ' + target + " HTTP/1.1"),
              Stream.concat(headers.stream(), Stream.of("", "")));
      return Unpooled.copiedBuffer(String.join("\r\n", lines.toList()), StandardCharsets.UTF_8);
    }
  }

  public Decided decide(Request request) {
    ByteBuf in = request.head();
    Malformation malformed = read(in);
    if (malformed != null) {
      return new Decided.Refused(malformed.status(), malformed.reason());
    }
    Destination destination = Destination.of(tools.scanned, http, tools.clusters, null);
    RouteEntry route = destination.route();
    Explanation explanation = explain(route, request.peer());
    return new Decided.Served(
        route == null ? null : route.route(),
        destination.clusterName(),
        answer(destination),
        explanation,
        changes());
  }

  private @Nullable Malformation read(ByteBuf in) {
    HeadFinder finder = new HeadFinder();
    int length = finder.find(in, http.headLimit());
    if (length == HeadFinder.REFUSED) {
      return finder.malformation();
    }
    RequestHead head = tools.requestHead;
    return length == in.readableBytes() ? head.read(in, length) : Malformation.START_LINE;
  }

  /// As for a request that has come, up to the head that goes upstream.
  private @Nullable Explanation explain(@Nullable RouteEntry route, String peer) {
    RequestTracer tracer = http.tracer();
    RequestTracer.Explained explained =
        tracer == null
            ? null
            : tracer.explain(
                tools.scanned.from(peer), route == null ? null : route.override(), tools.edits);
    Exchange exchange =
        new Exchange(
            http, tools.requestHead, new ClientAddresses(new Wire(), null), tools.nanoTime());
    exchange.route = route;
    exchange.cluster = route == null ? "" : route.cluster();
    exchange.trace = explained == null ? null : explained.trace();
    tools.changeRequest(exchange, tools.http1);
    return explained == null ? null : explained.explanation();
  }

  private static @Nullable Answer answer(Destination destination) {
    Cluster cluster = destination.cluster();
    if (cluster != null && (cluster.originalDestination() || !cluster.endpoints().isEmpty())) {
      return null;
    }
    LocalReply reply = destination.absence();
    return new Answer(reply.status(), reply.body(), reply.flag());
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    tools.edits.visit(
        new HeaderEdits.Visitor() {
          @Override
          public void replaced(String name, String value) {
            changes.add(new Change(Change.Kind.REPLACED, name, value));
          }

          @Override
          public void appended(String name, String value) {
            changes.add(new Change(Change.Kind.APPENDED, name, value));
          }

          @Override
          public void removed(String name) {
            changes.add(new Change(Change.Kind.REMOVED, name, null));
          }
        });
    return changes;
  }
}
