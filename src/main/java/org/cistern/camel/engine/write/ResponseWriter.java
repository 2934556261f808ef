package org.cistern.camel.engine.write;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
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
import org.cistern.http.Recent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a reply to the client. A body that breaks off resets the stream or closes the connection:
 * a client never takes a part for the whole.
 */
public final class ResponseWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
  private static final AsciiString AGE = AsciiString.cached("age");
  private static final AsciiString CACHE_STATUS = AsciiString.cached("cache-status");
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
  private static final AsciiString UPGRADE = AsciiString.cached("Upgrade");
  private static final AsciiString[] LENGTHS = lengths();

  /** A head wants a name's hash, which an {@code AsciiString} works out once. */
  private static final Recent<String, AsciiString> SPELT = new Recent<>(AsciiString::new);

  private static final Buffer NOTHING = Buffer.buffer(0);

  private static final Supplier<Reply> REFUSED =
      () -> Refusals.problem(502, "Bad response", "The response cannot be passed on.");
  private static final Supplier<Reply> BROKEN =
      () -> Refusals.problem(502, "Bad upstream", "The response broke off before it began.");

  private ResponseWriter() {}

  private static AsciiString[] lengths() {
    AsciiString[] texts = new AsciiString[16384];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new AsciiString(Integer.toString(i));
    }
    return texts;
  }

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
      writeHead(call, reply);
    } catch (IllegalArgumentException refused) {
      replace(call, reply, refused, last, done);
      return;
    }
    writeBody(call, reply, last, done);
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

  /** Writes a problem in the place of a reply of which nothing was written. */
  private static void instead(ClientCall call, Reply problem, LastLines last, IntConsumer done) {
    ReadyHeads.forget(call);
    call.response().headers().clear();
    write(call, problem, last, done);
  }

  private static void writeHead(ClientCall call, Reply reply) {
    HttpServerResponse response = call.response();
    MultiMap head = response.headers();
    if (reply.status() < 200 && reply.socket() == null || reply.status() > 999) {
      throw new IllegalArgumentException(reply.status() + " is not the status of a reply");
    }
    response.setStatusCode(reply.status());
    if (call.isHead() || isBare(reply.status()) || !ReadyHeads.take(call, reply)) {
      addLines(reply, head);
    }
    for (Reply.Edit edit : reply.edits()) {
      change(head, edit);
    }
    identify(call, reply, head);
    frame(call, reply, head);
  }

  private static void change(MultiMap head, Reply.Edit edit) {
    AsciiString name = SPELT.of(edit.name());
    head.remove(name);
    for (String value : edit.values()) {
      head.add(name, value);
    }
  }

  private static void identify(ClientCall call, Reply reply, MultiMap head) {
    String id = call.requestIdForClient();
    boolean said = id == null || head.contains(REQUEST_ID) || reply.lines().has(REQUEST_ID);
    if (!said) {
      head.set(REQUEST_ID, id);
    }
  }

  /** Adds the lines of a reply to a head, with those that change with the clock. */
  static void addLines(Reply reply, MultiMap head) {
    reply.lines().addTo(head);
    stamp(head, AGE, reply.age());
    stamp(head, CACHE_STATUS, reply.cacheStatus());
  }

  private static void frame(ClientCall call, Reply reply, MultiMap head) {
    CharSequence length = length(call, reply);
    if (length != null) {
      head.set(HttpHeaders.CONTENT_LENGTH, length);
    }
    if (call.closing() || call.awaitsContinue()) {
      Closing.announce(call);
    }
  }

  /** What has no body says no length, but for HEAD, which says that of GET (RFC 9110, 8.6). */
  private static @Nullable CharSequence length(ClientCall call, Reply reply) {
    if (isBodiless(reply.status())) {
      return null;
    }
    if (call.isHead() && reply.live() != null) {
      return reply.lines().declaredLength();
    }
    return reply.length() < 0 ? null : length(reply.length());
  }

  /** Of these the encoder has to take what the server says of a length. */
  private static boolean isBare(int status) {
    return isBodiless(status) || status == 205;
  }

  private static boolean isBodiless(int status) {
    return status == 204 || status == 304 || status < 200;
  }

  private static void stamp(MultiMap head, CharSequence name, @Nullable CharSequence value) {
    if (value != null) {
      head.add(name, value);
    }
  }

  private static CharSequence length(long length) {
    return length < LENGTHS.length ? LENGTHS[(int) length] : Long.toString(length);
  }

  private static void writeBody(ClientCall call, Reply reply, LastLines last, IntConsumer done) {
    NetSocket upstream = reply.socket();
    ReadStream<Buffer> live = reply.live();
    if (upstream != null) {
      call.response().putHeader(HttpHeaders.CONNECTION, UPGRADE);
      Splice.join(call, upstream, () -> done.accept(reply.status()));
    } else if (call.isHead() || isBodiless(reply.status())) {
      drop(reply);
      end(call, NOTHING, done);
    } else if (live == null) {
      end(call, reply.whole(), done);
    } else {
      Runnable unbegun = () -> instead(call, BROKEN.get(), last, done);
      new LiveBody(call, reply, live, unbegun, done).start();
    }
  }

  private static void end(ClientCall call, Buffer body, IntConsumer done) {
    HttpServerResponse response = call.response();
    if (Closing.isAnnounced(call)) {
      response.end(body).onComplete(written -> call.request().connection().close());
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
