package org.cistern.camel.engine.body;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.nio.file.Path;
import org.cistern.camel.call.Announced;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Expectation;

/**
 * Has the whole body of a request here before its route on a worker thread begins. The one of
 * Vert.x waits for ever for the end of a form that stops within a file.
 *
 * @param folder where the files of forms go
 * @param bodies how many bytes are read of one body, and of all together
 */
public record BodyHandler(Path folder, Bodies bodies) implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext passing) {
    HttpServerRequest request = passing.request();
    ((RoutingContextInternal) passing).visitHandler(RoutingContextInternal.BODY_HANDLER);
    if (!hasReadableType(passing)) {
      passing.fail(new HttpException(400, "The content type cannot be read."));
      return;
    }
    if (request.isEnded() || !mayHaveBody(request)) {
      passing.next();
      return;
    }
    BodyReading body = new BodyReading(passing, folder, bodies);
    if (Announced.length(request) > bodies.limit()) {
      body.tooLong();
    } else {
      Expectation.meet(request);
      body.read();
    }
  }

  /** The route looks for its charset, by a parser that throws at a quote without an end. */
  private static boolean hasReadableType(RoutingContext passing) {
    try {
      passing.parsedHeaders().contentType().parameter("charset");
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2 || Announced.isBody(request);
  }
}
