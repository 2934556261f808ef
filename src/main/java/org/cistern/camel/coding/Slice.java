package org.cistern.camel.coding;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.range.ByteRange;
import org.jspecify.annotations.Nullable;

/**
 * A range of a body that is still coming: it ends with the range's last byte, and what follows is
 * given up. Used on one event loop.
 */
final class Slice implements ReadStream<Buffer> {

  private final ReadStream<Buffer> whole;
  private final Runnable enough;
  private long skip;
  private long left;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private boolean over;

  /** Makes it; {@code enough} runs once no more of the body is needed. */
  Slice(ReadStream<Buffer> whole, ByteRange range, Runnable enough) {
    this.whole = whole;
    this.enough = enough;
    this.skip = range.first();
    this.left = range.length();
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    int from = (int) Math.min(skip, part.length());
    int to = (int) Math.min(part.length(), from + left);
    skip -= from;
    left -= to - from;
    if (from == to) {
      // It was asked for and not handed on.
      whole.fetch(1);
    } else if (handler != null) {
      handler.handle(part.slice(from, to));
    }
    if (left == 0) {
      end();
    }
  }

  private void end() {
    if (!over) {
      over = true;
      enough.run();
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    whole.handler(newHandler == null ? null : this::part);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    whole.endHandler(newHandler == null ? null : nothing -> end());
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    whole.exceptionHandler(newHandler);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    whole.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    whole.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    whole.fetch(amount);
    return this;
  }
}
