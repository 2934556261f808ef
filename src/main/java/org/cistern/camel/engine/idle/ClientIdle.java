package org.cistern.camel.engine.idle;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a client's connection is idle: without a call under way, or in a call whose body the client
 * neither sends nor takes. A client that waits for an upstream is not idle, however long that
 * takes: the upstream's own time-outs apply then.
 *
 * <p>Whatever passes is only noted, without a look at the clock; now and then it is looked at.
 */
public final class ClientIdle extends ChannelDuplexHandler {

  /** The server's own handler of that name, which this one takes the place of. */
  private static final String NAME = "idle";

  private final long limitMillis;
  private final IdleCount forBody = new IdleCount();
  private final IdleCount forTaking = new IdleCount();
  private final IdleCount forCall = new IdleCount();
  private final Outflow outflow = new Outflow();
  private @Nullable Future<?> looking;
  private @Nullable Http2ConnectionHandler http2;

  private int calls;
  private boolean uploading;
  private boolean expecting;
  private boolean came;
  private boolean went;

  private ClientIdle(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /**
   * Watches a new connection, where the server has a limit for idle ones: next to the server
   * itself, so that it sees every response, however that is written on.
   */
  public static void watch(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    watch(pipeline);
    // An upgrade to HTTP/2 puts the server's own handler in again once this is over.
    pipeline.channel().eventLoop().execute(() -> watch(pipeline));
  }

  private static void watch(ChannelPipeline pipeline) {
    if (pipeline.get(NAME) instanceof IdleStateHandler before) {
      pipeline.remove(NAME);
      pipeline.addBefore("handler", NAME, new ClientIdle(before.getAllIdleTimeInMillis()));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      http2 = context.pipeline().get(Http2ConnectionHandler.class);
      long distance = TimeUnit.MILLISECONDS.toMicros(limitMillis) / IdleCount.LOOKS;
      // With a fixed delay a loop that was held up does not make up for looks that it missed.
      looking =
          context
              .executor()
              .scheduleWithFixedDelay(
                  () -> look(context), distance, distance, TimeUnit.MICROSECONDS);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    rest();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    rest();
    context.fireChannelInactive();
  }

  private void rest() {
    if (looking != null) {
      looking.cancel(false);
      looking = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    came = true;
    if (message instanceof HttpRequest request) {
      calls++;
      uploading = true;
      expecting = HttpUtil.is100ContinueExpected(request);
    }
    if (message instanceof LastHttpContent) {
      uploading = false;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    went = true;
    if (message instanceof HttpResponse response && isInterim(response.status().code())) {
      expecting &= response.status().code() != 100;
    } else if (message instanceof LastHttpContent) {
      calls--;
    }
    var unused = context.write(message, promise);
  }

  /** The call goes on behind it (RFC 9110 section 15.2), though it is a message of its own. */
  private static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != 101;
  }

  /** Lets the server close the connection, as it does with every idle one, where it is idle. */
  private void look(ChannelHandlerContext context) {
    Channel channel = context.channel();
    boolean taken = outflow.moved(channel.unsafe().outboundBuffer());
    boolean silent = !came && !went && !taken;
    Http2ConnectionHandler streams = http2;
    boolean idle =
        streams == null
            ? isIdle(channel, silent)
            : forCall.isOver(silent && Http2Turn.isClients(streams.connection()));
    came = false;
    went = false;
    if (idle) {
      context.fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
    }
  }

  private boolean isIdle(Channel channel, boolean silent) {
    boolean sends = uploading && !expecting && channel.config().isAutoRead();
    boolean noBody = forBody.isOver(sends && !came);
    boolean notTaken = forTaking.isOver(outflow.isStuck());
    boolean noCall = forCall.isOver(silent && calls <= 0);
    return noBody || notTaken || noCall;
  }
}
