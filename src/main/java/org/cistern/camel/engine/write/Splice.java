package org.cistern.camel.engine.write;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import org.cistern.camel.call.ClientCall;

/**
 * Two connections joined after a change of protocol (RFC 9110 section 7.8): the bytes of each go to
 * the other untouched, at the pace of the slower side, and the end of one is the end of the other.
 */
final class Splice {

  /** Silence in both directions for longer ends it; the upstream's side has the same patience. */
  private static final int IDLE_SECONDS = 600;

  private static final String IDLE = "idle";

  private final NetSocket client;
  private final NetSocket upstream;
  private final Runnable done;
  private final Context context;
  private boolean over;

  private Splice(NetSocket client, NetSocket upstream, Context context, Runnable done) {
    this.client = client;
    this.upstream = upstream;
    this.context = context;
    this.done = done;
  }

  /** Writes the head of the reply and joins; {@code done} runs once both sides have ended. */
  static void join(ClientCall call, NetSocket upstream, Runnable done) {
    call.request()
        .toNetSocket()
        .onSuccess(client -> new Splice(client, upstream, call.context(), done).start())
        .onFailure(
            cause -> {
              call.request().connection().close();
              done.run();
              upstream.close();
            });
  }

  private void start() {
    patient(client);
    pass(client, upstream);
    pass(upstream, client);
    upstream.resume();
  }

  private static void patient(NetSocket socket) {
    ChannelPipeline pipeline = ((ConnectionBase) socket).channel().pipeline();
    if (pipeline.get(IDLE) != null) {
      pipeline.replace(IDLE, IDLE, new IdleStateHandler(0, 0, IDLE_SECONDS));
    }
  }

  private void pass(NetSocket from, NetSocket to) {
    from.handler(
        bytes -> {
          to.write(bytes);
          if (to.writeQueueFull() && !over) {
            from.pause();
            to.drainHandler(nothing -> from.resume());
          }
        });
    from.exceptionHandler(cause -> {});
    from.closeHandler(nothing -> closed(from, to));
  }

  /** What waits of the side that ended still goes to the other one, which then ends too. */
  private void closed(NetSocket ended, NetSocket other) {
    if (over) {
      return;
    }
    over = true;
    ended.resume();
    // A side that we close does not always say so itself.
    context.runOnContext(nothing -> other.close().onComplete(closed -> done.run()));
  }
}
