package org.cistern.upstream.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;

/** Hands what a connection decodes to the turn that is on it; without one, Vert.x has it. */
final class Responses extends ChannelInboundHandlerAdapter {

  private @Nullable Turn turn;

  /** The next response is for this turn. */
  void begin(Turn next) {
    turn = next;
  }

  /** The response is here whole, or nobody wants the rest of it. */
  void end() {
    turn = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Turn now = turn;
    if (now == null) {
      context.fireChannelRead(message);
      return;
    }
    try {
      now.read(message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (turn != null) {
      turn.roundEnded();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
    context.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new HttpClosedException("Connection was closed"));
    context.fireChannelInactive();
  }

  private void fail(Throwable cause) {
    Turn failed = turn;
    turn = null;
    if (failed != null) {
      failed.broke(cause);
    }
  }
}
