package org.cistern.camel.call;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.cistern.freshness.Reason;
import org.cistern.upstream.message.UpstreamFailure;

/**
 * The threads on which users' blocking steps run; nothing of the gateway's own waits for them. What
 * waits for a thread is bounded too: whoever comes when the line is full is turned away, as
 * anywhere else where too many wait.
 */
public final class Workers {

  private static final int THREADS = 64;
  private static final int WAITING = 4 * THREADS;

  private final WorkerExecutor executor;
  private final AtomicInteger underWay = new AtomicInteger();

  /** Makes them; the threads begin when there is work. */
  public Workers(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("cistern-steps", THREADS);
  }

  /**
   * Runs a task, which has to look after its own failures. Where there is no room for it this
   * returns false: the exchange has ended then, with 503.
   */
  public boolean run(Exchange exchange, Runnable task) {
    if (underWay.incrementAndGet() > THREADS + WAITING) {
      underWay.decrementAndGet();
      refuse(exchange);
      return false;
    }
    var unused = executor.executeBlocking(() -> work(task), false);
    return true;
  }

  private boolean work(Runnable task) {
    try {
      task.run();
    } finally {
      underWay.decrementAndGet();
    }
    return true;
  }

  /** A call to an upstream has failed as it would where too many wait for the upstream. */
  private static void refuse(Exchange exchange) {
    if (Call.find(exchange) instanceof ClientCall call) {
      refuse(exchange, call);
    } else {
      exchange.setException(
          new UpstreamFailure(
              UpstreamFailure.Kind.OVERLOAD, "too many requests wait for a thread of the steps"));
    }
  }

  private static void refuse(Exchange exchange, ClientCall call) {
    call.giveUp();
    call.passage().reason(Reason.OVERLOAD);
    call.reply(Refusals.overload("Too many requests wait for a step of the route."));
    // Another body that the route has set is not the reply any more.
    exchange.setMessage(new CallMessage(exchange, call));
    exchange.setRouteStop(true);
  }
}
