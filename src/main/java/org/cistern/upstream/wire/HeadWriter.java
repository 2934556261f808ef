package org.cistern.upstream.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import org.cistern.http.HeadBytes;
import org.cistern.upstream.message.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * Writes the heads of requests as bytes: one per HTTP/1.1 connection, between Vert.x and its
 * encoder, which is passed by.
 *
 * <p>Not for all: a body goes through the encoder behind its head, of HEAD the decoder has to know,
 * and of a {@code Connection} that a route sets Vert.x has to. It sees no fields of a request that
 * goes this way, so tracing of its own would have to say its own in them.
 */
public final class HeadWriter extends ChannelOutboundHandlerAdapter {

  private final ChannelHandlerContext encoder;
  private @Nullable HeadBytes next;

  HeadWriter(ChannelHandlerContext encoder) {
    this.encoder = encoder;
  }

  /** Tells whether the request may go past the encoder. */
  public static boolean takes(Outgoing outgoing) {
    return outgoing.body() == null
        && outgoing.upgrade() == null
        && !outgoing.method().equals("HEAD")
        && !outgoing.method().equals("CONNECT")
        && !outgoing.headers().has("Connection");
  }

  /** The next request has this head, whatever Vert.x has for one; null for that of Vert.x. */
  public void next(@Nullable HeadBytes head) {
    next = head;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    HeadBytes head = next;
    if (head == null || !(message instanceof FullHttpRequest request)) {
      context.write(message, promise);
      return;
    }
    next = null;
    request.release();
    ByteBuf out = context.alloc().directBuffer(head.size());
    encoder.write(out.writeBytes(head.array(), 0, head.size()), promise);
  }
}
