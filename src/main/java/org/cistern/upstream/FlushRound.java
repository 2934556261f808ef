package org.cistern.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands over to the system at once what one round of an event loop has written, for all its
 * connections: first everything that has come is read and worked on, then everything is sent. A
 * peer that gets several messages of a round is woken once, and not for each of them.
 */
public final class FlushRound implements Runnable {

  private static final FastThreadLocal<FlushRound> OWN =
      new FastThreadLocal<>() {
        @Override
        protected FlushRound initialValue() {
          return new FlushRound();
        }
      };

  private final List<Outlet> waiting = new ArrayList<>();

  private FlushRound() {}

  /** Has a new connection, of a client or to an upstream, wait for the end of each round. */
  public static void join(HttpConnection connection) {
    join(((ConnectionBase) connection).channel());
  }

  static void join(Channel channel) {
    channel.pipeline().addFirst("flush-round", new Outlet(channel));
  }

  private void add(Outlet outlet) {
    if (waiting.isEmpty()) {
      // An event loop runs its tasks once all that has come is read.
      outlet.channel.eventLoop().execute(this);
    }
    waiting.add(outlet);
  }

  @Override
  public void run() {
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).flushNow();
    }
    waiting.clear();
  }

  /** The place next to a connection's socket where flushes wait. */
  private static final class Outlet extends ChannelOutboundHandlerAdapter {

    private final Channel channel;
    private boolean waits;

    Outlet(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      if (!waits) {
        OWN.get().add(this);
        waits = true;
      }
    }

    /** What is written goes out before the connection ends. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      flushNow();
      context.close(promise);
    }

    void flushNow() {
      if (waits) {
        waits = false;
        channel.unsafe().flush();
      }
    }
  }
}
