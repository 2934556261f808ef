package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * The pace at which the requests of one HTTP/1 connection are read and begun: as its client takes
 * the responses. One that asks again and again and reads nothing would have all of them made and
 * held, and its requests as well. Those that a client sent behind each other begin one after the
 * other, not each within the last. (Streams of HTTP/2 have windows.)
 */
final class Pace extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<Pace> KEY = AttributeKey.valueOf(Pace.class, "pace");

  private static final AttributeKey<Boolean> REFUSED = AttributeKey.valueOf(Pace.class, "refused");

  /** With so many requests read and not begun no more are read. */
  private static final int MOST = 64;

  private final Http1xServerConnection connection;
  private final Channel channel;
  private final Handler<HttpServerRequest> work;
  private @Nullable HttpServerRequest waiting;
  private boolean working;
  private int ahead;
  private boolean full;
  private boolean unfinished;

  private Pace(Http1xServerConnection connection, Handler<HttpServerRequest> work) {
    this.connection = connection;
    this.channel = connection.channel();
    this.work = work;
  }

  /** Gives a new connection its pace. */
  static void watch(HttpConnection connection, Handler<HttpServerRequest> work) {
    if (connection instanceof Http1xServerConnection http1) {
      Pace pace = new Pace(http1, work);
      pace.channel.pipeline().addBefore("handler", "pace", pace);
      pace.channel.attr(KEY).set(pace);
    }
  }

  /** Closes a connection of which nothing is to be begun, whatever has come on it already. */
  static void refuse(HttpConnection connection) {
    ((ConnectionBase) connection).channel().attr(REFUSED).set(true);
    connection.close();
  }

  /** Has a request worked on: at the pace of its connection, or at once where it has none. */
  static void begin(HttpServerRequest request, Handler<HttpServerRequest> work) {
    Pace pace = of(request);
    if (pace != null) {
      pace.begin(request);
    } else if (!isRefused(request)) {
      work.handle(request);
    }
  }

  private static boolean isRefused(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel().hasAttr(REFUSED);
  }

  /** Returns the pace of the connection of a request, or null where it is HTTP/2. */
  private static @Nullable Pace of(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? null
        : ((ConnectionBase) request.connection()).channel().attr(KEY).get();
  }

  /** Begins a request, now or later; the server has no other one ready meanwhile. */
  private void begin(HttpServerRequest request) {
    if (working || !channel.isWritable()) {
      request.pause();
      waiting = request;
    } else {
      try {
        work(request);
      } finally {
        goOn();
      }
    }
  }

  private void work(HttpServerRequest request) {
    begun();
    working = true;
    try {
      work.handle(request);
    } finally {
      working = false;
    }
  }

  private void begun() {
    ahead--;
    if (full && ahead <= MOST / 2) {
      full = false;
      connection.doResume();
    }
  }

  /** What began within the last request goes on here, once that is done. */
  private void goOn() {
    while (waiting != null && !working && channel.isWritable()) {
      HttpServerRequest next = waiting;
      waiting = null;
      contextOf(next).emit(next, this::resume);
    }
  }

  private void resume(HttpServerRequest request) {
    request.resume();
    work(request);
  }

  private static ContextInternal contextOf(HttpServerRequest request) {
    return (ContextInternal) ((HttpServerRequestInternal) request).context();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unfinished = true;
      count();
    } else if (ahead > 0 && isBroken(message)) {
      ReferenceCountUtil.release(message);
      var unused = context.close();
      return;
    } else if (message instanceof LastHttpContent) {
      unfinished = false;
    }
    context.fireChannelRead(message);
  }

  /** The server has no response yet in which it could say that a body cannot be read. */
  private static boolean isBroken(Object message) {
    return message instanceof HttpContent content && content.decoderResult().isFailure();
  }

  private void count() {
    if (++ahead > MOST) {
      full = true;
      connection.doPause();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    if (waiting != null) {
      context.executor().execute(this::goOn);
    }
  }

  /** The server fails over a request that is neither begun nor at its end, so it gets its end. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting = null;
    if (unfinished && ahead > 0) {
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    context.fireChannelInactive();
  }
}
