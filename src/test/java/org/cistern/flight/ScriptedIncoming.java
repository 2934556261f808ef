package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.NullUnmarked;

/**
 * An upstream's response that the test lets arrive: it lives on one context, obeys back-pressure,
 * and can be ended, cut, and asked whether it was given up.
 */
@NullUnmarked // handlers are set before anything arrives
final class ScriptedIncoming implements Incoming, ReadStream<Buffer> {

  private final Context context;
  private final Head head;
  private final Deque<Runnable> arrived = new ArrayDeque<>();
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private boolean flowing;
  private boolean over;
  private Headers trailers = Headers.empty();
  private volatile boolean cancelled;
  private volatile boolean paused = true;
  private final AtomicLong emitted = new AtomicLong();

  ScriptedIncoming(Context context, int status, Headers headers, long length) {
    this.context = context;
    Instant time = Instant.parse("2026-01-01T00:00:00Z");
    this.head = new Head(status, headers, length, false, time, time);
  }

  static ScriptedIncoming ok(Context context, long length) {
    return new ScriptedIncoming(context, 200, Headers.of("X-From", "upstream"), length);
  }

  ScriptedIncoming send(byte[] bytes) {
    return then(
        () -> {
          emitted.addAndGet(bytes.length);
          handler.handle(Buffer.buffer(bytes));
        });
  }

  ScriptedIncoming end() {
    return end(Headers.empty());
  }

  ScriptedIncoming end(Headers last) {
    return then(
        () -> {
          over = true;
          trailers = last;
          endHandler.handle(null);
        });
  }

  /** Breaks off: unlike the end, it does not wait for the reader. */
  ScriptedIncoming cut() {
    context.runOnContext(
        task -> {
          if (!over) {
            over = true;
            arrived.clear();
            exceptionHandler.handle(new IllegalStateException("connection reset"));
          }
        });
    return this;
  }

  private ScriptedIncoming then(Runnable step) {
    context.runOnContext(
        task -> {
          arrived.add(step);
          flow();
        });
    return this;
  }

  private void flow() {
    while (flowing && !over && !arrived.isEmpty()) {
      arrived.poll().run();
    }
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean paused() {
    return paused;
  }

  long emitted() {
    return emitted.get();
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
    return trailers;
  }

  @Override
  public io.vertx.core.net.@org.jspecify.annotations.Nullable NetSocket socket() {
    return null;
  }

  @Override
  public void cancel() {
    cancelled = true;
    over = true;
    arrived.clear();
  }

  @Override
  public ScriptedIncoming handler(Handler<Buffer> handler) {
    this.handler = handler;
    return this;
  }

  @Override
  public ScriptedIncoming endHandler(Handler<Void> endHandler) {
    this.endHandler = endHandler;
    return this;
  }

  @Override
  public ScriptedIncoming exceptionHandler(Handler<Throwable> handler) {
    this.exceptionHandler = handler;
    return this;
  }

  @Override
  public ScriptedIncoming pause() {
    flowing = false;
    paused = true;
    return this;
  }

  @Override
  public ScriptedIncoming resume() {
    flowing = true;
    paused = false;
    context.runOnContext(task -> flow());
    return this;
  }

  @Override
  public ScriptedIncoming fetch(long amount) {
    return resume();
  }
}
