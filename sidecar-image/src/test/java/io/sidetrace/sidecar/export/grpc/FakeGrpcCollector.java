package io.sidetrace.sidecar.export.grpc;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A collector by gRPC, over Netty's HTTP/2, that behaves as it is told, call by call. Thread-safe.
public final class FakeGrpcCollector implements AutoCloseable {
  private static final int PREFIX_BYTES = 5;

  /// What to do with one call.
  public sealed interface Behaviour {
    /// A head, that message, and trailers with that status.
    record Answer(byte[] message, String status, String... trailers) implements Behaviour {}

    /// A head alone, with a status of HTTP.
    record Head(int status, String... fields) implements Behaviour {}

    /// An answer by HTTP, with a body.
    record Page(int status, String contentType, String body) implements Behaviour {}

    record Reset(long code) implements Behaviour {}

    /// Says by GOAWAY that this call, or the one before it, is the last that is looked at.
    record GoAway(boolean takesThisCall) implements Behaviour {}

    record Silent() implements Behaviour {}

    /// Pings, and answers when the ping has been answered.
    record Pinging() implements Behaviour {}

    /// Closes the connection.
    record Closing() implements Behaviour {}
  }

  public static final Behaviour ACCEPT = new Behaviour.Answer(new byte[0], "0");

  /// What came of one call.
  public record Call(Map<String, String> head, byte[] message, int flag, int connection) {}

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Deque<Behaviour> script = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<String> protocols = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private final Http2Settings settings;
  private final @Nullable SslContext tls;
  private final Channel server;
  private Behaviour otherwise = ACCEPT;
  private int connections;
  private int open;

  private FakeGrpcCollector(Http2Settings settings, @Nullable SslContext tls) {
    this.settings = settings;
    this.tls = tls;
    this.server =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  public static FakeGrpcCollector start() {
    return new FakeGrpcCollector(Http2Settings.defaultSettings(), null);
  }

  public static FakeGrpcCollector start(Http2Settings settings) {
    return new FakeGrpcCollector(settings, null);
  }

  public static FakeGrpcCollector start(SslContext tls) {
    return new FakeGrpcCollector(Http2Settings.defaultSettings(), tls);
  }

  public int port() {
    return ((java.net.InetSocketAddress) server.localAddress()).getPort();
  }

  /// The next calls are treated so, one each; those after them as `otherwise` says.
  public synchronized FakeGrpcCollector next(Behaviour... behaviours) {
    script.addAll(List.of(behaviours));
    return this;
  }

  public synchronized FakeGrpcCollector otherwise(Behaviour behaviour) {
    otherwise = behaviour;
    return this;
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /// What was chosen by ALPN, call by call.
  public synchronized List<String> protocols() {
    return List.copyOf(protocols);
  }

  /// Codes by which clients reset their streams.
  public synchronized List<Long> resets() {
    return List.copyOf(resets);
  }

  public synchronized int connections() {
    return connections;
  }

  public synchronized int openConnections() {
    return open;
  }

  private synchronized void accept(Channel channel) {
    connections++;
    open++;
    channel.closeFuture().addListener(_ -> closed());
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .autoAckPingFrame(true)
                .build(),
            new Frames(connections));
  }

  private synchronized void closed() {
    open--;
  }

  private synchronized void chosen(String protocol) {
    protocols.add(protocol);
  }

  private synchronized void reset(long code) {
    resets.add(code);
  }

  private synchronized Behaviour arrived(Call call) {
    calls.add(call);
    return script.isEmpty() ? otherwise : script.remove();
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /// The calls of one connection.
  private final class Frames extends ChannelInboundHandlerAdapter {
    private final int connection;
    private final Map<Http2FrameStream, Map<String, String>> heads = new HashMap<>();
    private final Map<Http2FrameStream, ByteBuf> bodies = new HashMap<>();
    private @Nullable Http2FrameStream pinging;

    Frames(int connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      switch (frame) {
        case Http2HeadersFrame head -> {
          SslHandler encryption = context.pipeline().get(SslHandler.class);
          chosen(encryption == null ? "" : String.valueOf(encryption.applicationProtocol()));
          heads.put(head.stream(), fields(head.headers()));
        }
        case Http2DataFrame data -> data(context, data);
        case Http2ResetFrame reset -> reset(reset.errorCode());
        case Http2PingFrame ping -> {
          if (ping.ack() && pinging != null) {
            answer(context, pinging, ACCEPT);
          }
        }
        default -> {}
      }
      if (!(frame instanceof Http2DataFrame)) {
        io.netty.util.ReferenceCountUtil.release(frame);
      }
    }

    private static Map<String, String> fields(Http2Headers headers) {
      Map<String, String> fields = new HashMap<>();
      headers.forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
      return fields;
    }

    private void data(ChannelHandlerContext context, Http2DataFrame data) {
      ByteBuf body = bodies.computeIfAbsent(data.stream(), _ -> Unpooled.buffer());
      body.writeBytes(data.content());
      context.write(
          new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
              .stream(data.stream()));
      context.flush();
      data.release();
      if (data.isEndStream()) {
        int flag = body.readUnsignedByte();
        byte[] message = new byte[body.readInt()];
        body.readBytes(message);
        if (body.isReadable() || PREFIX_BYTES + message.length != body.readerIndex()) {
          throw new AssertionError("more than one message");
        }
        answer(
            context,
            data.stream(),
            arrived(new Call(heads.remove(data.stream()), message, flag, connection)));
        bodies.remove(data.stream()).release();
      }
    }

    private void answer(ChannelHandlerContext context, Http2FrameStream stream, Behaviour how) {
      switch (how) {
        case Behaviour.Answer(byte[] message, String status, String[] trailers) -> {
          head(context, stream, false, ":status", "200", "content-type", "application/grpc+proto");
          ByteBuf body = Unpooled.buffer().writeByte(0).writeInt(message.length);
          context.write(
              new DefaultHttp2DataFrame(body.writeBytes(message), false, 7).stream(stream));
          String[] all = new String[trailers.length + 2];
          all[0] = "grpc-status";
          all[1] = status;
          System.arraycopy(trailers, 0, all, 2, trailers.length);
          head(context, stream, true, all);
        }
        case Behaviour.Head(int status, String[] fields) -> {
          String[] all = new String[fields.length + 2];
          all[0] = ":status";
          all[1] = Integer.toString(status);
          System.arraycopy(fields, 0, all, 2, fields.length);
          head(context, stream, true, all);
        }
        case Behaviour.Page(int status, String type, String body) -> {
          head(context, stream, false, ":status", Integer.toString(status), "content-type", type);
          context.write(
              new DefaultHttp2DataFrame(
                      Unpooled.copiedBuffer(body, java.nio.charset.StandardCharsets.UTF_8), true)
                  .stream(stream));
        }
        case Behaviour.Reset(long code) ->
            context.write(new DefaultHttp2ResetFrame(code).stream(stream));
        case Behaviour.GoAway(boolean takesThisCall) -> {
          DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(0);
          if (!takesThisCall) {
            frame.setExtraStreamIds(-2);
          }
          context.write(frame);
          if (takesThisCall) {
            answer(context, stream, ACCEPT);
          }
        }
        case Behaviour.Silent() -> {}
        case Behaviour.Pinging() -> {
          pinging = stream;
          context.write(new DefaultHttp2PingFrame(7));
        }
        case Behaviour.Closing() -> context.close();
      }
      context.flush();
    }

    private static void head(
        ChannelHandlerContext context, Http2FrameStream stream, boolean ends, String... fields) {
      Http2Headers headers = new DefaultHttp2Headers(false);
      for (int i = 0; i < fields.length; i += 2) {
        headers.add(fields[i], fields[i + 1]);
      }
      context.write(new DefaultHttp2HeadersFrame(headers, ends).stream(stream));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      bodies.values().forEach(ByteBuf::release);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
