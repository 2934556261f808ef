package org.cistern.camel.engine;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Writes a reply to the client. A body that breaks off resets the stream or closes the connection:
 * a client never takes a part for the whole.
 */
final class ResponseWriter {

  private static final AsciiString AGE = AsciiString.cached("age");
  private static final AsciiString CACHE_STATUS = AsciiString.cached("cache-status");
  private static final AsciiString[] LENGTHS = lengths();

  private ResponseWriter() {}

  private static AsciiString[] lengths() {
    AsciiString[] texts = new AsciiString[16384];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new AsciiString(Integer.toString(i));
    }
    return texts;
  }

  /** Writes the reply; {@code done} runs once, when all is written or given up. */
  static void write(ClientCall call, Reply reply, Runnable done) {
    HttpServerResponse response = call.response();
    if (response.ended() || response.closed()) {
      giveUp(reply);
      done.run();
      return;
    }
    response.setStatusCode(reply.status());
    writeHead(response.headers(), reply);
    if (call.closing()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    writeBody(call, reply, done);
  }

  private static void writeHead(MultiMap head, Reply reply) {
    reply.lines().addTo(head);
    stamp(head, AGE, reply.age());
    stamp(head, CACHE_STATUS, reply.cacheStatus());
    for (Reply.Edit edit : reply.edits()) {
      head.set(edit.name(), edit.values());
    }
    if (reply.length() >= 0) {
      head.set(HttpHeaders.CONTENT_LENGTH, length(reply.length()));
    }
  }

  private static void stamp(MultiMap head, CharSequence name, @Nullable CharSequence value) {
    if (value != null) {
      head.add(name, value);
    }
  }

  private static CharSequence length(long length) {
    return length < LENGTHS.length ? LENGTHS[(int) length] : Long.toString(length);
  }

  private static void writeBody(ClientCall call, Reply reply, Runnable done) {
    ReadStream<Buffer> live = reply.live();
    if (live == null || call.isHead()) {
      giveUp(reply);
      call.response().end(call.isHead() ? Buffer.buffer(0) : reply.whole());
      done.run();
      return;
    }
    stream(call, reply, live, done);
  }

  private static void giveUp(Reply reply) {
    ReadStream<Buffer> live = reply.live();
    if (live != null) {
      live.handler(null).endHandler(null).exceptionHandler(null);
      reply.cancel();
    }
  }

  private static void stream(ClientCall call, Reply reply, ReadStream<Buffer> live, Runnable done) {
    HttpServerResponse response = call.response();
    if (reply.length() < 0 && call.request().version() != HttpVersion.HTTP_1_0) {
      response.setChunked(true);
    }
    live.pipe()
        .endOnSuccess(false)
        .endOnFailure(false)
        .to(response)
        .onComplete(
            piped -> {
              if (piped.succeeded()) {
                finish(response, reply);
              } else {
                reply.cancel();
                reset(call);
              }
              done.run();
            });
  }

  private static void finish(HttpServerResponse response, Reply reply) {
    reply.trailers().each(response::putTrailer);
    if (!response.closed()) {
      response.end();
    }
  }

  /** Breaks the response off, so that the client sees that it is not whole. */
  private static void reset(ClientCall call) {
    if (call.request().version() == HttpVersion.HTTP_2) {
      call.response().reset(2);
    } else {
      call.request().connection().close();
    }
  }
}
