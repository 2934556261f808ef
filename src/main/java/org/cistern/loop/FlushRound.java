package org.cistern.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop whose writes wait for the end of its round: first what has come
 * is read and worked on, then all is handed over to the system. A peer that gets several messages
 * of a round is woken once, and not for each of them.
 */
public final class FlushRound {

  private static final Logger LOG = LoggerFactory.getLogger(FlushRound.class);

  /** When so many wait they go at once: the first is not to wait for all that a rush brings. */
  private static final int MOST = 64;

  /** So many bytes go at once: all those of a round would not fit into the processor's caches. */
  private static final int LARGE = 16 * 1024;

  private static final FastThreadLocal<FlushRound> OWN =
      new FastThreadLocal<>() {
        @Override
        protected FlushRound initialValue() {
          return new FlushRound();
        }
      };

  private final ArrayDeque<Outlet> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private boolean flushing;

  private FlushRound() {}

  /** Has a new connection to an upstream wait for the end of each round. */
  public static void join(HttpConnection connection) {
    join(channelOf(connection));
  }

  /** Has a new connection of a client wait for the end of each round. */
  public static void joinClient(HttpConnection connection) {
    Channel channel = channelOf(connection);
    // Else the channel is closed past its handlers, with what waits, when a client ends its side.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    join(channel);
  }

  private static Channel channelOf(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  static void join(Channel channel) {
    channel.pipeline().addFirst("flush-round", new Outlet(channel));
  }

  private void add(Outlet outlet) {
    waiting.add(outlet);
    if (!scheduled) {
      scheduled = true;
      // An event loop runs its tasks once all that has come is read.
      outlet.channel.eventLoop().execute(this::end);
    }
    if (waiting.size() >= MOST && !flushing) {
      flushAll();
    }
  }

  private void end() {
    scheduled = false;
    flushAll();
  }

  /** What a flush makes its connections write goes with the next round. */
  private void flushAll() {
    flushing = true;
    for (int left = waiting.size(); left > 0 && !waiting.isEmpty(); left--) {
      waiting.remove().flushSafely();
    }
    flushing = false;
  }

  /** The place next to a connection's socket where flushes wait. */
  private static final class Outlet extends ChannelDuplexHandler {

    private final Channel channel;
    private boolean waits;

    Outlet(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      if (isLarge()) {
        waits = false;
        context.flush();
      } else if (!waits) {
        waits = true;
        OWN.get().add(this);
      }
    }

    private boolean isLarge() {
      ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
      return buffer != null && buffer.totalPendingWriteBytes() >= LARGE;
    }

    /** What is written goes out before the connection ends. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      flushSafely();
      var unused = context.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      flushNow();
    }

    /** A client that has ended its side gets what is ready, and no more. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        close(context, context.newPromise());
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    void flushNow() {
      if (waits) {
        waits = false;
        channel.unsafe().flush();
      }
    }

    /** Whatever goes wrong with one connection is not the affair of those behind it. */
    void flushSafely() {
      try {
        flushNow();
      } catch (Throwable e) {
        LOG.error("a connection cannot be written to", e);
        channel.unsafe().closeForcibly();
      }
    }
  }
}
