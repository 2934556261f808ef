package org.cistern.camel.call;

import io.vertx.core.Future;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The bodies that a route sets before the answer: they go to the upstream instead of the client's.
 */
public final class SetBodies {

  /** What is sent with these says nothing, so nothing is. */
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "TRACE", "CONNECT");

  private SetBodies() {}

  /** Tells whether a step of ours may look at the call at once: the route has changed no more. */
  public static boolean settled(Exchange exchange) {
    return exchange.getMessage() instanceof CallMessage message && !isDue(message);
  }

  private static boolean isDue(CallMessage message) {
    return message.isNews() && message.bodySet() && !message.call().answered();
  }

  /**
   * Puts what the route has changed into the call; fails where the body that it has set cannot be
   * written.
   */
  public static Future<Void> settle(Exchange exchange, Call call) {
    CallMessage message = CallMessage.of(exchange, call);
    if (message == null || !isDue(message)) {
      return Future.succeededFuture();
    }
    message.old();
    return BODILESS.contains(call.method()) ? Future.succeededFuture() : replace(message, call);
  }

  private static Future<Void> replace(CallMessage message, Call call) {
    return RouteReply.body(message)
        .onSuccess(
            body -> {
              call.replaceBody(body);
              message.become(body);
            })
        .mapEmpty();
  }
}
