package org.cistern.routes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A user's step that waits until the test lets it go on. */
public final class HeldStep {

  private static volatile CountDownLatch entered = new CountDownLatch(0);
  private static volatile CountDownLatch open = new CountDownLatch(0);

  /** The next request is held. */
  static void hold() {
    entered = new CountDownLatch(1);
    open = new CountDownLatch(1);
  }

  /** Waits until a request is there. */
  static void awaitRequest() throws InterruptedException {
    if (!entered.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came to the step");
    }
  }

  static void letGo() {
    open.countDown();
  }

  /** Returns the step in YAML. */
  static String yaml() {
    return "- bean: {id: held, beanType: '" + HeldStep.class.getName() + "'}\n";
  }

  /** Returns the step in YAML as one that reads no body, and runs on a worker; a bean as well. */
  static String withoutBody(RouteFolder routes) {
    routes.write(
        "beans", "- beans:\n    - {name: held, type: '%s'}\n".formatted(HeldStep.class.getName()));
    return "- to: {uri: 'cistern:worker'}\n"
        + "- setHeader: {name: X-Held, expression: {simple: {expression: '${ref:held}!'}}}\n";
  }

  /** Is what Camel calls. */
  public void stay(@Nullable Exchange exchange) throws InterruptedException {
    entered.countDown();
    open.await(30, TimeUnit.SECONDS);
  }

  @Override
  public String toString() {
    try {
      stay(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "held";
  }
}
