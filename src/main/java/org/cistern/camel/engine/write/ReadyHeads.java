package org.cistern.camel.engine.write;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads as bytes: one per HTTP/1.1 connection, between the server and its encoder.
 *
 * <p>A hit's lines are the same every time, so they are kept encoded; those of a response that
 * passes are encoded once. The server's response holds only what is added for this client; here
 * both are put into one buffer, with the body behind them where it is small and here, and the
 * encoder is passed by. A body that is still coming gets its head from the encoder.
 */
public final class ReadyHeads extends ChannelOutboundHandlerAdapter {

  private static final AttributeKey<ReadyHeads> KEY =
      AttributeKey.valueOf(ReadyHeads.class, "heads");
  private static final String ENCODER = "httpEncoder";
  private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int END_OF_HEAD = 0x0D0A;

  /** A body up to this size goes out in the buffer of its head: one copy costs less than a part. */
  private static final int SMALL = 16 * 1024;

  /** Room for the lines that the server and the route add. */
  private static final int ADDED = 256;

  private final ChannelHandlerContext encoder;
  private @Nullable Reply next;
  private @Nullable MultiMap added;

  private ReadyHeads(ChannelHandlerContext encoder) {
    this.encoder = encoder;
  }

  /** Puts one into a new connection that speaks HTTP/1. */
  public static void watch(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    ChannelHandlerContext encoder = pipeline.context(ENCODER);
    if (encoder != null) {
      ReadyHeads heads = new ReadyHeads(encoder);
      pipeline.addBefore("handler", "ready-heads", heads);
      pipeline.channel().attr(KEY).set(heads);
    }
  }

  /**
   * Takes the lines of a reply over where nothing was changed in them; returns false where the
   * response has to say them.
   *
   * @throws IllegalArgumentException where a line cannot be written
   */
  static boolean take(ClientCall call, Reply reply) {
    if (!reply.isReady() || call.request().version() != HttpVersion.HTTP_1_1) {
      return false;
    }
    ReadyHeads heads = of(call);
    if (heads == null) {
      return false;
    }
    reply.lines().block();
    heads.next = reply;
    heads.added = call.response().headers();
    return true;
  }

  /** Forgets what it took of a reply that is replaced by another. */
  static void forget(ClientCall call) {
    ReadyHeads heads = call.request().version() == HttpVersion.HTTP_2 ? null : of(call);
    if (heads != null) {
      heads.next = null;
      heads.added = null;
    }
  }

  private static @Nullable ReadyHeads of(ClientCall call) {
    return ((ConnectionBase) call.request().connection()).channel().attr(KEY).get();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Reply reply = next;
    MultiMap rest = added;
    if (reply == null || rest == null || !isHead(message, rest)) {
      var unused = context.write(inOurVersion(message), promise);
      return;
    }
    next = null;
    added = null;
    if (message instanceof FullHttpResponse whole && isPlain(reply, rest)) {
      send(context, reply, whole, promise);
    } else {
      ResponseHead.addLines(reply, rest);
      var unused = context.write(message, promise);
    }
  }

  /** The server repeats whatever version the client has named (RFC 9110 section 2.5). */
  private static Object inOurVersion(Object message) {
    if (message instanceof HttpResponse head
        && !head.protocolVersion().equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_0)) {
      head.setProtocolVersion(io.netty.handler.codec.http.HttpVersion.HTTP_1_1);
    }
    return message;
  }

  /** The lines belong to one response only; another one's may be on its way before it. */
  private static boolean isHead(Object message, MultiMap added) {
    return message instanceof HttpResponse response && (Object) response.headers() == added;
  }

  /** Chunks are the encoder's affair. */
  private static boolean isPlain(Reply reply, MultiMap added) {
    return reply.length() >= 0 || !added.contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private void send(
      ChannelHandlerContext context, Reply reply, FullHttpResponse response, ChannelPromise done) {
    ByteBuf body = response.content();
    int size = body.readableBytes();
    ByteBuf out = context.alloc().directBuffer(room(reply) + (size <= SMALL ? size : 0));
    head(reply, response, out);
    if (size <= SMALL) {
      out.writeBytes(body, body.readerIndex(), size);
      response.release();
      var unused = encoder.write(out, done);
    } else {
      var unused = encoder.write(out, context.voidPromise());
      var unusedToo = encoder.write(body, done);
    }
  }

  private static int room(Reply reply) {
    return OK.length + reply.lines().block().length + reply.stamped().length + ADDED;
  }

  private static void head(Reply reply, FullHttpResponse response, ByteBuf out) {
    status(response.status(), out);
    out.writeBytes(reply.lines().block());
    out.writeBytes(reply.stamped());
    ((HeadersMultiMap) response.headers()).encode(out);
    out.writeShort(END_OF_HEAD);
  }

  private static void status(HttpResponseStatus status, ByteBuf out) {
    if (status.code() == 200) {
      out.writeBytes(OK);
    } else {
      out.writeCharSequence("HTTP/1.1 " + status + "\r\n", StandardCharsets.US_ASCII);
    }
  }
}
