package org.cistern.camel.fetch.store;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response by which the origin takes back what is stored, once it is whole or nobody reads it any
 * further: one that breaks off has said nothing.
 */
final class RecallingIncoming extends Relay {

  private static final Logger LOG = LoggerFactory.getLogger(RecallingIncoming.class);

  private final Runnable recall;
  private boolean heeded;

  RecallingIncoming(Incoming incoming, Runnable recall) {
    super(incoming);
    this.recall = recall;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    return super.endHandler(handler == null ? null : nothing -> ended(handler));
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return super.exceptionHandler(handler == null ? null : cause -> broke(cause, handler));
  }

  @Override
  public void cancel() {
    heed();
    super.cancel();
  }

  private void ended(Handler<Void> handler) {
    heed();
    handler.handle(null);
  }

  private void broke(Throwable cause, Handler<Throwable> handler) {
    heeded = true;
    handler.handle(cause);
  }

  /** A body that came whole is whole for its client, whatever becomes of the store. */
  private void heed() {
    if (heeded) {
      return;
    }
    heeded = true;
    try {
      recall.run();
    } catch (RuntimeException e) {
      LOG.warn("an answer could not be withdrawn", e);
    }
  }
}
