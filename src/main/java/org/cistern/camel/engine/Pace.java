package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * The pace at which the requests of one HTTP/1 connection are begun: as its client takes the
 * responses. One that asks again and again and reads nothing would have all of them made and held.
 * Those that a client sent behind each other begin one after the other, not each within the last.
 * (Streams of HTTP/2 have windows.)
 */
final class Pace extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<Pace> KEY = AttributeKey.valueOf(Pace.class, "pace");

  private final Channel channel;
  private final Handler<HttpServerRequest> work;
  private @Nullable HttpServerRequest waiting;
  private boolean working;

  private Pace(Channel channel, Handler<HttpServerRequest> work) {
    this.channel = channel;
    this.work = work;
  }

  /** Gives a new connection its pace. */
  static void watch(HttpConnection connection, Handler<HttpServerRequest> work) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (channel.pipeline().context("httpEncoder") != null) {
      Pace pace = new Pace(channel, work);
      channel.pipeline().addBefore("handler", "pace", pace);
      channel.attr(KEY).set(pace);
    }
  }

  /** Returns the pace of the connection of a request, or null where it is HTTP/2. */
  static @Nullable Pace of(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? null
        : ((ConnectionBase) request.connection()).channel().attr(KEY).get();
  }

  /** Begins a request, now or later; the server has no other one ready meanwhile. */
  void begin(HttpServerRequest request) {
    if (working || !channel.isWritable()) {
      request.pause();
      waiting = request;
    } else {
      work(request);
      goOn();
    }
  }

  private void work(HttpServerRequest request) {
    working = true;
    try {
      work.handle(request);
    } finally {
      working = false;
    }
  }

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
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    if (waiting != null) {
      context.executor().execute(this::goOn);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting = null;
    context.fireChannelInactive();
  }
}
