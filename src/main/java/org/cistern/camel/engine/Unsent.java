package org.cistern.camel.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** What was written to a client and has not gone out yet: closing its connection would cut it. */
final class Unsent {

  private Unsent() {}

  /** Tells whether there is any; a look from another thread, which may be a moment behind. */
  static boolean isOn(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return (waiting != null && waiting.totalPendingWriteBytes() > 0) || hasStreams(channel);
  }

  /** What waits for a window of HTTP/2 is not yet with the channel. */
  private static boolean hasStreams(Channel channel) {
    Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
    return http2 != null && http2.connection().numActiveStreams() > 0;
  }
}
