package org.cistern.upstream.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;

/** Hands what a leased connection decodes to the turn that is on it; without one, Vert.x has it. */
final class Responses extends ChannelInboundHandlerAdapter {

  private final Lease lease;
  private @Nullable Turn turn;
  private boolean closed;

  Responses(Lease lease) {
    this.lease = lease;
  }

  /** The next response is for this turn. */
  void begin(Turn next) {
    turn = next;
  }

  /** The response is here whole. */
  void end() {
    turn = null;
  }

  /** Nobody wants what still comes. */
  void close() {
    turn = null;
    closed = true;
  }

  /** Tells whether this turn waits for the rest of its response. */
  boolean isFor(Turn asked) {
    return turn == asked;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Turn now = turn;
    if (now == null && !closed) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (now != null) {
        now.read(message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (turn != null) {
      turn.roundEnded();
    }
    lease.roundEnded();
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
    if (failed != null) {
      lease.close();
      failed.broke(cause);
    }
  }
}
