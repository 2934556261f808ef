package org.cistern.camel.engine;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.engine.body.Leaving;
import org.cistern.camel.engine.write.BreakOff;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers where a route on a worker thread does not. What the client got wrong is no line in the
 * log; what the route or the gateway did is one.
 *
 * @param refused writes the answers
 */
record Failures(Refused refused) implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** What the router itself finds; 405 is found before it. */
  private static final int[] BY_ROUTER = {400, 404, 406, 415, 500};

  /** Answers whatever fails in a router. */
  void guard(Router router) {
    for (int status : BY_ROUTER) {
      router.errorHandler(status, this);
    }
  }

  @Override
  public void handle(RoutingContext passing) {
    int status = passing.statusCode() < 400 ? 500 : passing.statusCode();
    Throwable cause = passing.failure();
    if (status == 500 && !Leaving.is(cause)) {
      LOG.warn(
          "the request {} {} failed", passing.request().method(), passing.normalizedPath(), cause);
    }
    answer(passing, status, cause);
  }

  /** A response that has begun cannot be told from a whole one, unless it breaks off. */
  private void answer(RoutingContext passing, int status, @Nullable Throwable cause) {
    HttpServerResponse response = passing.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      BreakOff.of(passing.request());
      return;
    }
    response.headers().clear();
    refused.write(passing.request(), problem(status, sentence(status, cause)));
  }

  private static Reply problem(int status, String sentence) {
    return status == 503
        ? Refusals.overload(sentence)
        : Refusals.problem(status, HttpResponseStatus.valueOf(status).reasonPhrase(), sentence);
  }

  private static String sentence(int status, @Nullable Throwable cause) {
    if (cause instanceof HttpException told && told.getPayload() != null) {
      return told.getPayload();
    }
    return status < 500
        ? "The route does not take such a request."
        : "The route failed; the log has more.";
  }
}
