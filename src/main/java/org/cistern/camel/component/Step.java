package org.cistern.camel.component;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.SetBodies;

/**
 * One step of the request path. Whatever goes wrong in it becomes the exchange's exception: a step
 * that threw out of {@code process} would leave the request hanging.
 */
abstract class Step extends DefaultAsyncProducer {

  Step(CisternEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  public final boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      Call call = Call.of(exchange);
      if (!call.isOnLoop()) {
        // A step of a user's has left the route on another thread; ours work on the call's own.
        call.onLoop(() -> process(exchange, sync -> callback.done(false)));
        return false;
      }
      if (!SetBodies.settled(exchange)) {
        return settle(call, exchange, callback);
      }
      if (!run(call, exchange, callback)) {
        return false;
      }
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  /** What the route has made of the message is of the call before the step looks at that. */
  private boolean settle(Call call, Exchange exchange, AsyncCallback callback) {
    Future<Void> settled = SetBodies.settle(exchange, call);
    if (!settled.isComplete()) {
      settled.onComplete(now -> goOn(now, call, exchange, callback, false));
      return false;
    }
    return goOn(settled, call, exchange, callback, true);
  }

  private boolean goOn(
      AsyncResult<Void> settled,
      Call call,
      Exchange exchange,
      AsyncCallback callback,
      boolean atOnce) {
    try {
      if (settled.failed()) {
        exchange.setException(settled.cause());
      } else if (!run(call, exchange, callback)) {
        return false;
      }
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      exchange.setException(e);
    }
    callback.done(atOnce);
    return atOnce;
  }

  /** Ends a step that had to wait: whatever the rest of its work throws, the route goes on. */
  static void resume(Exchange exchange, AsyncCallback callback, Runnable rest) {
    try {
      rest.run();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      exchange.setException(e);
    }
    callback.done(false);
  }

  /**
   * Does the step's work.
   *
   * @return true where it is done; false where it calls the callback later, exactly once
   */
  abstract boolean run(Call call, Exchange exchange, AsyncCallback callback);
}
