package org.cistern.camel.guard;

import io.vertx.core.Context;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.cistern.camel.call.Workers;

/**
 * A step that may block: on an event loop it goes to a worker, and the route goes on where it was,
 * on the request's own event loop. On any other thread it runs as it is.
 */
final class WorkerHop extends DelegateAsyncProcessor {

  private final Workers workers;

  WorkerHop(Processor step, Workers workers) {
    super(step);
    this.workers = workers;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (!Context.isOnEventLoopThread()) {
      return super.process(exchange, callback);
    }
    AsyncCallback home = Home.of(exchange, callback);
    if (workers.run(exchange, () -> work(exchange, home))) {
      return false;
    }
    callback.done(true);
    return true;
  }

  private void work(Exchange exchange, AsyncCallback home) {
    try {
      super.process(exchange, home);
    } catch (Throwable e) {
      exchange.setException(e);
      home.done(false);
    }
  }
}
