package org.cistern.upstream.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import org.cistern.http.HeadBytes;
import org.cistern.http.Headers;
import org.cistern.loop.FlushRound;
import org.cistern.upstream.message.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * What is watched of one HTTP/1.1 connection before its bytes are decoded: whether any came, and
 * whether its end was an orderly one.
 *
 * <p>The decoder takes every end of a connection for the end of a body that has no length. So an
 * end that the peer did not mean (we closed, or TLS was cut without its farewell) is turned into an
 * exception first (RFC 9112 section 8 and 9.8).
 */
public final class Wire extends ChannelDuplexHandler {

  private static final AttributeKey<Wire> KEY = AttributeKey.valueOf(Wire.class, "wire");

  private final HttpConnection connection;
  private final ChannelHandlerContext codec;
  private Outgoing.@Nullable Interim interim;
  private boolean answering;
  private int requests;
  private boolean cut;
  private boolean idle;
  private boolean surplus;

  private Wire(HttpConnection connection, ChannelHandlerContext codec) {
    this.connection = connection;
    this.codec = codec;
  }

  /** Begins to watch a new connection; HTTP/2 has streams of its own and is left alone. */
  static void watch(HttpConnection connection) {
    connection.exceptionHandler(failure -> {});
    FlushRound.join(connection);
    Channel channel = ((ConnectionBase) connection).channel();
    ChannelHandlerContext codec = channel.pipeline().context("codec");
    if (codec != null) {
      Wire wire = new Wire(connection, codec);
      channel.attr(KEY).set(wire);
      wire.join();
    }
  }

  private void join() {
    codec.pipeline().addBefore("codec", "wire", this);
    join(new InterimFilter(this));
  }

  /** Returns what watches this connection, or null for HTTP/2. */
  public static @Nullable Wire of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /** A request begins on it, whose interim responses go there. */
  public void begin(Outgoing.@Nullable Interim listener) {
    interim = listener;
    answering = false;
    idle = false;
    requests++;
  }

  /** The request is over; an idle connection must not hold on to it. */
  public void end(Outgoing.Interim listener) {
    if (interim == listener) {
      interim = null;
    }
  }

  /** No response is awaited: what comes now belongs to no request, and ends the connection. */
  void rest() {
    idle = true;
  }

  /** Lets a handler have what is decoded before Vert.x has it. */
  void join(ChannelHandler responses) {
    codec.pipeline().addBefore("handler", null, responses);
  }

  /** Vert.x has what is decoded. */
  void leave(ChannelHandler responses) {
    codec.pipeline().remove(responses);
  }

  /** Writes the head of a request that has no body. */
  void write(HeadBytes head) {
    ByteBuf out = codec.alloc().directBuffer(head.size());
    codec
        .writeAndFlush(out.writeBytes(head.array(), 0, head.size()))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Stops reading, or goes on. */
  void hold(boolean stop) {
    codec.channel().config().setAutoRead(!stop);
  }

  /** Tells whether the connection stands and nobody is about to close it. */
  boolean isOpen() {
    return !cut && codec.channel().isActive();
  }

  /** Tells whether something stood behind a response. */
  boolean hasSurplus() {
    return surplus;
  }

  /** Closes the connection. */
  void close() {
    rest();
    // From here it is the socket's at once; from the end of the pipeline it would wait a round.
    var unused = codec.close();
  }

  /** Tells whether an earlier request was answered on it. */
  public boolean reused() {
    return requests > 1;
  }

  /** Tells whether a byte came since the request began. */
  public boolean answering() {
    return answering;
  }

  /** An interim response came. */
  void interim(int status, Headers headers) {
    if (interim != null) {
      interim.interim(status, headers);
    }
  }

  /**
   * A response is about to end. What stands behind it belongs to no request: the connection is not
   * used again, or the next request would take it for its answer (RFC 9112 section 9.2).
   */
  void ending() {
    idle = true;
    if (Surplus.behind(codec.handler())) {
      surplus = true;
      var unused = connection.shutdown();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (idle) {
      ReferenceCountUtil.release(message);
      cut = true;
      var unused = context.close();
      return;
    }
    answering = true;
    context.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent close && !close.isSuccess()) {
      cut = true;
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    cut = true;
    var unused = context.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (cut) {
      context.fireExceptionCaught(new ClosedChannelException());
    }
    context.fireChannelInactive();
  }
}
