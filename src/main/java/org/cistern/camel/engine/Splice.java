package org.cistern.camel.engine;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
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
  private int closed;

  private Splice(NetSocket client, NetSocket upstream, Runnable done) {
    this.client = client;
    this.upstream = upstream;
    this.done = done;
  }

  /** Writes the head of the reply and joins; {@code done} runs once both sides have ended. */
  static void join(ClientCall call, NetSocket upstream, Runnable done) {
    call.request()
        .toNetSocket()
        .onSuccess(client -> new Splice(client, upstream, done).start())
        .onFailure(
            cause -> {
              upstream.close();
              call.request().connection().close();
              done.run();
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
          if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(nothing -> from.resume());
          }
        });
    // The end comes after all bytes; the close may come before those that still wait.
    from.endHandler(nothing -> to.close());
    from.exceptionHandler(cause -> {});
    from.closeHandler(nothing -> closed(to));
  }

  /** Nobody will drain what goes to the closed side, so the other one must not wait for it. */
  private void closed(NetSocket other) {
    closed++;
    if (closed == 2) {
      done.run();
    } else {
      other.resume();
    }
  }
}
