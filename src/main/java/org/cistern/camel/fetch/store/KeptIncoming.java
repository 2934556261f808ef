package org.cistern.camel.fetch.store;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.camel.service.Services;
import org.cistern.flight.Keep;
import org.cistern.loop.ByteBudget;
import org.cistern.purge.Coverage;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that is kept while it passes to one client, at that client's pace. Where it turns out
 * too large, or the client goes away, it only is not kept.
 */
final class KeptIncoming extends Relay {

  private static final Logger LOG = LoggerFactory.getLogger(KeptIncoming.class);

  /** Less than the time for which purges are kept in any case. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Keep keep;
  private final Services services;
  private final Runnable stored;
  private final ByteBudget.Share budget;
  private @Nullable Buffer gathered = Buffer.buffer();

  /** Makes it; {@code stored} runs once it is kept. */
  KeptIncoming(Incoming incoming, Keep keep, Services services, Runnable stored) {
    super(incoming);
    this.keep = keep;
    this.services = services;
    this.stored = stored;
    this.budget = services.fills().share();
  }

  @Override
  public void cancel() {
    letGo();
    super.cancel();
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    if (handler == null) {
      letGo();
    }
    return super.handler(handler == null ? null : part -> passed(part, handler));
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    return super.endHandler(handler == null ? null : nothing -> ended(handler));
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return super.exceptionHandler(handler == null ? null : cause -> broke(cause, handler));
  }

  private void passed(Buffer part, Handler<Buffer> handler) {
    Buffer all = gathered;
    if (all != null) {
      gather(all, part);
    }
    handler.handle(part);
  }

  private void gather(Buffer all, Buffer part) {
    boolean fits = all.length() + part.length() <= keep.maxSize() && budget.take(part.length());
    if (fits) {
      all.appendBuffer(part);
    } else {
      letGo();
    }
  }

  /** The answer is there before the client can know that its own is whole. */
  private void ended(Handler<Void> handler) {
    Buffer all = gathered;
    if (all != null && (head().length() < 0 || head().length() == all.length()) && !isLate()) {
      store(all);
    }
    letGo();
    handler.handle(null);
  }

  /** Purges are forgotten some time after they came; what began before that is not stored. */
  private boolean isLate() {
    return head().requestTime().plus(LONGEST).isBefore(services.clock().instant());
  }

  /** A body that came whole is whole for its client, whatever storing it does. */
  private void store(Buffer all) {
    try {
      Answer answer = keep.complete(Body.of(all.getBytes()), trailers());
      if (services.purges().covers(answer) == Coverage.NONE) {
        keep.store(answer);
        stored.run();
      }
    } catch (RuntimeException e) {
      LOG.warn("an answer could not be stored", e);
    }
  }

  private void broke(Throwable cause, Handler<Throwable> handler) {
    letGo();
    handler.handle(cause);
  }

  private void letGo() {
    gathered = null;
    budget.end();
  }
}
