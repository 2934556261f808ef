package org.cistern.upstream;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's body of a few parts, given out as fast as they are taken. */
final class Parts implements ReadStream<Buffer> {

  private final Deque<String> parts;
  private final boolean cut;
  private final boolean halts;
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private @Nullable Handler<Throwable> failer;
  private boolean flowing;
  private volatile boolean started;

  Parts(String... parts) {
    this(false, false, parts);
  }

  private Parts(boolean cut, boolean halts, String... parts) {
    this.parts = new ArrayDeque<>(List.of(parts));
    this.cut = cut;
    this.halts = halts;
  }

  /** Breaks off after its parts. */
  static Parts cutAfter(String... parts) {
    return new Parts(true, false, parts);
  }

  /** Gives nothing more after its parts, and does not end. */
  static Parts halting(String... parts) {
    return new Parts(false, true, parts);
  }

  boolean started() {
    return started;
  }

  private void flow() {
    started = true;
    while (flowing && reader != null && !parts.isEmpty()) {
      reader.handle(Buffer.buffer(parts.pop()));
    }
    if (flowing && cut && failer != null) {
      failer.handle(new IllegalStateException("the client went away"));
    } else if (flowing && !halts && ender != null) {
      Handler<Void> told = ender;
      ender = null;
      told.handle(null);
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    failer = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
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
    return resume();
  }
}
