package org.cistern.camel.forward;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;
import org.cistern.camel.call.ClientCall;
import org.cistern.http.Headers;

/**
 * Writes interim responses: 102, 103, and whatever is registered next, for most of which the server
 * has no method. They go into the connection's pipeline as the server's own do, on its event loop,
 * so that they stand before the final response to the same request.
 */
final class InterimHead {

  private InterimHead() {}

  /**
   * Writes one.
   *
   * @throws IllegalArgumentException where a line would break out of it
   */
  static void write(ClientCall call, int status, Headers headers) {
    Channel channel = ((ConnectionBase) call.request().connection()).channel();
    Http2ConnectionHandler streams = channel.pipeline().get(Http2ConnectionHandler.class);
    if (streams == null) {
      write(channel, status, headers);
    } else {
      write(channel, streams, call.response().streamId(), status, headers);
    }
  }

  private static void write(Channel channel, int status, Headers headers) {
    HttpHeaders lines = new DefaultHttpHeaders();
    headers.each(lines::add);
    var unused =
        channel.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.EMPTY_BUFFER,
                lines,
                EmptyHttpHeaders.INSTANCE));
  }

  private static void write(
      Channel channel, Http2ConnectionHandler streams, int stream, int status, Headers headers) {
    Http2Headers lines = new DefaultHttp2Headers().status(Integer.toString(status));
    headers.each((name, value) -> lines.add(name.toLowerCase(Locale.ROOT), value));
    ChannelHandlerContext context = channel.pipeline().context(streams);
    var unused =
        streams.encoder().writeHeaders(context, stream, lines, 0, false, context.newPromise());
    context.flush();
  }
}
