package org.cistern.camel.call;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a route has made of a call when it ends: the reply of a step of ours, what the route put
 * into the message itself, or a problem.
 */
public final class RouteReply {

  private static final Logger LOG = LoggerFactory.getLogger(RouteReply.class);

  private RouteReply() {}

  /** Returns the reply of a finished exchange; never fails. */
  public static Future<Reply> of(Exchange exchange, Call call) {
    if (exchange.getException() != null) {
      call.giveUp();
      return Future.succeededFuture(failed(exchange));
    }
    CallMessage own = CallMessage.of(exchange, call);
    if (own != null && !own.bodySet()) {
      return Future.succeededFuture(untouched(own, call));
    }
    Message message = own == null ? exchange.getMessage() : own;
    return body(message)
        .map(body -> made(message, call, body))
        .otherwise(cause -> unreadable(cause))
        .onComplete(made -> call.giveUp());
  }

  private static Reply failed(Exchange exchange) {
    LOG.warn(
        "route {} failed for {}",
        exchange.getFromRouteId(),
        exchange.getProperty(Call.PROPERTY),
        exchange.getException());
    return Refusals.problem(500, "Route failed", "A step of the route failed; the log has more.");
  }

  private static Reply unreadable(Throwable cause) {
    LOG.warn("the body that a route has set cannot be written", cause);
    return Refusals.problem(500, "Route failed", "The route's body cannot be written.");
  }

  private static Reply untouched(CallMessage message, Call call) {
    Reply reply = call.reply();
    if (reply == null) {
      int status = message.status(0);
      return status == 0 ? unanswered() : Reply.bare(status, Lines.of(ownHeaders(message, call)));
    }
    int status = message.status(reply.status());
    return status == reply.status() ? reply : reply.withStatus(status);
  }

  private static Reply unanswered() {
    return Refusals.problem(504, "Not fetched", "No step of the route answered this request.");
  }

  private static Reply made(Message message, Call call, Buffer body) {
    Reply before = call.reply();
    int status = status(message, before);
    Reply made = Reply.whole(status, Lines.of(ownHeaders(message, call)), body);
    if (before != null && !ExchangeHelper.isFailureHandled(message.getExchange())) {
      made.stampAs(before);
    }
    return made;
  }

  private static int status(Message message, @Nullable Reply before) {
    Object status = message.getHeader(Exchange.HTTP_RESPONSE_CODE);
    if (status != null) {
      return HeaderText.status(status);
    }
    return before == null ? 200 : before.status();
  }

  /** Returns the headers that the route has set: never an echo of the request's. */
  private static Headers ownHeaders(Message message, Call call) {
    Headers.Builder own = Headers.builder();
    Reply before = call.reply();
    if (before != null) {
      before.headers().each(own::add);
    } else if (message instanceof CallMessage) {
      call.edited().forEach(name -> call.fields().all(name).forEach(v -> own.add(name, v)));
    } else {
      message.getHeaders().forEach((name, value) -> addForeign(own, call, name, value));
    }
    // Of the connection the route knows nothing, whatever it has copied from somewhere.
    return HopByHop.strip(own.build());
  }

  private static void addForeign(Headers.Builder own, Call call, String name, Object value) {
    boolean echo = call.fields().has(name) && !call.edited().contains(name);
    if (!CamelNames.is(name) && !echo && HeaderText.isText(value)) {
      HeaderText.values(name, value).forEach(line -> own.add(name, line));
    }
  }

  /** Returns the bytes of a message's body; a failed future where they cannot be made of it. */
  static Future<Buffer> body(Message message) {
    Object body = message.getBody();
    if (body == null) {
      return Future.succeededFuture(Buffer.buffer(0));
    }
    if (body instanceof byte[] bytes) {
      return Future.succeededFuture(Buffer.buffer(bytes));
    }
    if (body instanceof String text) {
      return Future.succeededFuture(Buffer.buffer(text));
    }
    return converted(message);
  }

  /** Turns any other body into bytes on a worker, since a stream may block. */
  private static Future<Buffer> converted(Message message) {
    return Vertx.currentContext()
        .executeBlocking(() -> Buffer.buffer(message.getMandatoryBody(byte[].class)), false);
  }
}
