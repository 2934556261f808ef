package org.cistern.camel.fetch.store;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** A response that is handed on as it comes; whoever extends it looks on, or adds to it. */
abstract class Relay implements Incoming, ReadStream<Buffer> {

  private final Incoming incoming;

  Relay(Incoming incoming) {
    this.incoming = incoming;
  }

  @Override
  public Head head() {
    return incoming.head();
  }

  @Override
  public final ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public final Headers trailers() {
    return incoming.trailers();
  }

  @Override
  public final @Nullable NetSocket socket() {
    return incoming.socket();
  }

  @Override
  public void cancel() {
    incoming.cancel();
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    incoming.body().handler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    incoming.body().endHandler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    incoming.body().exceptionHandler(handler);
    return this;
  }

  @Override
  public final ReadStream<Buffer> pause() {
    incoming.body().pause();
    return this;
  }

  @Override
  public final ReadStream<Buffer> resume() {
    incoming.body().resume();
    return this;
  }

  @Override
  public final ReadStream<Buffer> fetch(long amount) {
    incoming.body().fetch(amount);
    return this;
  }
}
