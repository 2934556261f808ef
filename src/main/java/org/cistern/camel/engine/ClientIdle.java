package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * When a client's connection is idle: without a call under way, or in a call whose body the client
 * neither sends nor takes. A client that waits for an upstream is not idle, however long that
 * takes: the upstream's own time-outs apply then.
 */
final class ClientIdle extends IdleStateHandler {

  /** The server's own handler of that name, which this one takes the place of. */
  private static final String NAME = "idle";

  private int calls;
  private boolean uploading;
  private boolean expecting;

  private ClientIdle(long millis) {
    super(true, millis, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Watches a new connection, where the server has a limit for idle ones: next to the server
   * itself, so that it sees every response, however that is written on.
   */
  static void watch(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (pipeline.get(NAME) instanceof IdleStateHandler before) {
      pipeline.remove(NAME);
      pipeline.addBefore("handler", NAME, new ClientIdle(before.getAllIdleTimeInMillis()));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest request) {
      calls++;
      uploading = true;
      expecting = HttpUtil.is100ContinueExpected(request);
    }
    if (message instanceof LastHttpContent) {
      uploading = false;
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      expecting = false;
    } else if (message instanceof LastHttpContent) {
      calls--;
    }
    super.write(context, message, promise);
  }

  /** Lets the server close the connection, as it does with every idle one, where it is idle. */
  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) throws Exception {
    Http2ConnectionHandler http2 = context.pipeline().get(Http2ConnectionHandler.class);
    boolean idle =
        http2 == null ? isIdle(context.channel(), event) : isIdle(http2.connection(), event);
    if (idle) {
      super.channelIdle(context, event);
    }
  }

  private boolean isIdle(Channel channel, IdleStateEvent event) {
    return switch (event.state()) {
      case READER_IDLE -> uploading && !expecting && channel.config().isAutoRead();
      case WRITER_IDLE -> pending(channel) > 0;
      case ALL_IDLE -> calls <= 0;
    };
  }

  private static long pending(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Streams share the connection: silence on all of it counts, with a client's turn on one. */
  private static boolean isIdle(Http2Connection connection, IdleStateEvent event)
      throws Http2Exception {
    return switch (event.state()) {
      case READER_IDLE, WRITER_IDLE -> false;
      case ALL_IDLE ->
          connection.numActiveStreams() == 0
              || connection.forEachActiveStream(stream -> !isClientsTurn(connection, stream))
                  != null;
    };
  }

  private static boolean isClientsTurn(Http2Connection connection, Http2Stream stream) {
    boolean takesNothing = connection.remote().flowController().hasFlowControlled(stream);
    boolean sendsNothing =
        stream.state().remoteSideOpen()
            && connection.local().flowController().windowSize(stream) > 0;
    return takesNothing || sendsNothing;
  }
}
