package org.cistern.camel.engine.write;

import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a reply to the client. A body that breaks off resets the stream or closes the connection:
 * a client never takes a part for the whole.
 */
public final class ResponseWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
  private static final AsciiString UPGRADE = AsciiString.cached("Upgrade");
  private static final Buffer NOTHING = Buffer.buffer(0);

  private static final Supplier<Reply> REFUSED =
      () -> Refusals.problem(502, "Bad response", "The response cannot be passed on.");
  private static final Supplier<Reply> BROKEN =
      () -> Refusals.problem(502, "Bad upstream", "The response broke off before it began.");

  private ResponseWriter() {}

  /** Writes the reply; {@code done} gets the status, once, when all is written or given up. */
  public static void write(ClientCall call, Reply reply, LastLines last, IntConsumer done) {
    HttpServerResponse response = call.response();
    if (response.ended() || response.closed()) {
      giveUp(reply);
      done.accept(reply.status());
      return;
    }
    last.on(call, reply);
    try {
      ResponseHead.write(call, reply);
    } catch (IllegalArgumentException refused) {
      replace(call, reply, refused, last, done);
      return;
    }
    writeBody(call, reply, last, done);
  }

  /** Ends a call: with another reply where nothing is written yet, else by breaking it off. */
  public static void cut(ClientCall call, Reply other, LastLines last, IntConsumer done) {
    HttpServerResponse response = call.response();
    if (response.headWritten()) {
      BreakOff.of(call.request());
      done.accept(response.getStatusCode());
    } else {
      call.close();
      instead(call, other, last, done);
    }
  }

  /** A head with a line that would break out of it is not written at all. */
  private static void replace(
      ClientCall call,
      Reply reply,
      IllegalArgumentException refused,
      LastLines last,
      IntConsumer done) {
    LOG.warn("the reply to {} cannot be written", call, refused);
    giveUp(reply);
    instead(call, REFUSED.get(), last, done);
  }

  /** Writes another reply in the place of one of which nothing was written. */
  private static void instead(ClientCall call, Reply other, LastLines last, IntConsumer done) {
    ReadyHeads.forget(call);
    call.response().headers().clear();
    write(call, other, last, done);
  }

  private static void writeBody(ClientCall call, Reply reply, LastLines last, IntConsumer done) {
    NetSocket upstream = reply.socket();
    ReadStream<Buffer> live = reply.live();
    if (upstream != null) {
      call.response().putHeader(HttpHeaders.CONNECTION, UPGRADE);
      Splice.join(call, upstream, () -> done.accept(reply.status()));
    } else if (call.isHead() || ResponseHead.isBodiless(reply.status())) {
      drop(reply);
      end(call, NOTHING, done);
    } else if (live == null && !WholeBody.isLarge(reply.whole())) {
      end(call, reply.whole(), done);
    } else {
      ReadStream<Buffer> body = live == null ? new WholeBody(reply.whole()) : live;
      Runnable unbegun = () -> instead(call, inPlaceOf(reply), last, done);
      new LiveBody(call, reply, body, unbegun, done).start();
    }
  }

  /** Nobody but the client waits here: what throws must not leave it without a reply. */
  private static Reply inPlaceOf(Reply broken) {
    try {
      Reply other = broken.understudy();
      return other == null ? BROKEN.get() : other;
    } catch (RuntimeException e) {
      LOG.warn("nothing can stand in for a body that broke off", e);
      return BROKEN.get();
    }
  }

  private static void end(ClientCall call, Buffer body, IntConsumer done) {
    HttpServerResponse response = call.response();
    if (call.closing()) {
      response.end(body).onComplete(written -> Closing.end(call.request()));
    } else {
      // Nobody waits for it to be written: a null saves the future.
      response.end(body, null);
    }
    done.accept(response.getStatusCode());
  }

  /** A body that is empty is read to its end, so that its connection can be used again. */
  private static void drop(Reply reply) {
    ReadStream<Buffer> live = reply.live();
    if (live != null && reply.length() == 0) {
      live.resume();
    } else {
      giveUp(reply);
    }
  }

  private static void giveUp(Reply reply) {
    ReadStream<Buffer> live = reply.live();
    if (live != null) {
      live.handler(null).endHandler(null).exceptionHandler(null);
    }
    reply.cancel();
  }
}
