package org.cistern.camel.fetch.ask;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.cistern.camel.call.Reply;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** A response that a route made by itself: its body is here, and is handed out in one piece. */
public final class WholeIncoming implements Incoming, ReadStream<Buffer> {

  private final Head head;
  private final Buffer whole;
  private final boolean lastResort;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private boolean flowing;
  private boolean over;

  /**
   * Makes it of the route's reply.
   *
   * @param lastResort the route answered because its upstreams had failed
   */
  WholeIncoming(Reply reply, Instant requestTime, Instant responseTime, boolean lastResort) {
    this.lastResort = lastResort;
    this.whole = reply.whole();
    this.head = head(reply, requestTime, responseTime);
  }

  /** What another endpoint answered may have come over a connection of its own. */
  private static Head head(Reply reply, Instant requestTime, Instant responseTime) {
    Headers headers = reply.headers();
    return new Head(
        reply.status(),
        HopByHop.strip(headers),
        reply.whole().length(),
        false,
        HopByHop.maims(headers.all("Connection")),
        requestTime,
        responseTime,
        "1.1");
  }

  /** Tells whether it only makes up for upstreams that failed: it is for now, not for keeping. */
  public boolean isLastResort() {
    return lastResort;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public Headers trailers() {
    return Headers.empty();
  }

  @Override
  public @Nullable NetSocket socket() {
    return null;
  }

  @Override
  public void cancel() {
    over = true;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    flowing = false;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    flowing = true;
    flow();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    return amount > 0 ? resume() : this;
  }

  private void flow() {
    if (over || !flowing) {
      return;
    }
    over = true;
    if (handler != null && whole.length() > 0) {
      handler.handle(whole);
    }
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }
}
