package org.cistern.upstream.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes interim responses out of what a connection decodes. Vert.x knows 100 and 103 only, and
 * takes any other one (102, say) for the final response; here all of them pass, but for 101, which
 * is final (RFC 9110 section 15.2).
 */
final class InterimFilter extends ChannelInboundHandlerAdapter {

  private final Wire wire;
  private boolean swallowing;
  private boolean switched;

  InterimFilter(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response && isInterim(response)) {
      swallowing = true;
      wire.interim(response.status().code(), ResponseHeads.fields(response.headers()));
      ReferenceCountUtil.release(message);
    } else if (swallowing && message instanceof LastHttpContent) {
      swallowing = false;
      ReferenceCountUtil.release(message);
    } else {
      pass(context, message);
    }
  }

  /** Behind a 101 stands the other protocol, which is no surplus. */
  private void pass(ChannelHandlerContext context, Object message) {
    switched |= message instanceof HttpResponse response && response.status().code() == 101;
    if (message instanceof LastHttpContent && !switched) {
      wire.ending();
    }
    context.fireChannelRead(message);
  }

  private static boolean isInterim(HttpResponse response) {
    int status = response.status().code();
    return status >= 100 && status < 200 && status != 101 && response.decoderResult().isSuccess();
  }
}
