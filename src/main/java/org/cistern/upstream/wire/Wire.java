package org.cistern.upstream.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
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

  private static final int NO_HINT = Integer.MAX_VALUE;
  private static final long CANCEL = 8;

  private Outgoing.@Nullable Interim interim;
  private boolean answering;
  private int requests;
  private boolean cut;
  private boolean idle;
  private boolean surplus;
  private final HttpConnection connection;
  private final ChannelHandlerContext codec;
  private final Responses responses = new Responses(this);
  private @Nullable HttpClientRequest lease;
  private @Nullable Consumer<Wire> free;
  private boolean done;
  private int hint = NO_HINT;

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
      wire.join(channel.pipeline());
    }
  }

  private void join(ChannelPipeline pipeline) {
    pipeline.addBefore("codec", "wire", this);
    pipeline.addBefore("handler", "interim", new InterimFilter(this));
    pipeline.addBefore("handler", "responses", responses);
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

  /**
   * Takes the connection from Vert.x for longer than one request: its pool counts it as in use
   * until it is given back or closed.
   */
  public void lease(HttpClientRequest request) {
    lease = request.exceptionHandler(closed -> {});
    idle = true;
  }

  /** Gives the connection back to Vert.x; nothing may be under way on it. */
  public void giveBack() {
    HttpClientRequest leased = lease;
    lease = null;
    if (leased != null) {
      leased.reset(CANCEL);
    }
  }

  /**
   * Begins a request past Vert.x, on a leased connection.
   *
   * @param answered is told the head of the response
   * @param broken is told what ended it before its end
   * @param whenFree is given the connection once the response is here whole, and it can go on
   */
  public Turn turn(
      ContextInternal context,
      Handler<Arrival> answered,
      Handler<Throwable> broken,
      Consumer<Wire> whenFree) {
    Turn turn = new Turn(this, context, answered, broken);
    free = whenFree;
    done = false;
    responses.begin(turn);
    return turn;
  }

  /** Writes the head of a request that has no body. */
  public void send(HeadBytes head) {
    ByteBuf out = codec.alloc().directBuffer(head.size());
    codec
        .writeAndFlush(out.writeBytes(head.array(), 0, head.size()))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** The response of a turn is here whole. */
  void finish(Turn turn) {
    responses.end();
    done = true;
    if (surplus || !turn.isKeptAlive()) {
      close();
    } else {
      hint = turn.keepAliveHint();
    }
  }

  /** What was read at once is decoded: nothing stands behind a response that ended in it. */
  void roundEnded() {
    Consumer<Wire> next = free;
    if (done && next != null) {
      done = false;
      free = null;
      if (isOpen()) {
        next.accept(this);
      }
    }
  }

  /** Stops reading, or goes on. */
  void hold(boolean stop) {
    codec.channel().config().setAutoRead(!stop);
  }

  /** Tells whether the connection stands and nobody is about to close it. */
  public boolean isOpen() {
    return !cut && codec.channel().isActive();
  }

  /** Returns for how many seconds its peer says to keep it. */
  public int hint() {
    return hint;
  }

  /** Closes the connection, and with it what is under way; what still comes is nobody's. */
  public void close() {
    free = null;
    idle = true;
    responses.close();
    // From here it is the socket's at once; from the end of the pipeline it would wait a round.
    var unused = codec.close();
  }

  /** Closes the connection, if this turn is still on it. */
  public void close(Turn turn) {
    if (responses.isFor(turn)) {
      close();
    }
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
