package org.cistern.camel.engine.log;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that no call was made of, and that is over: it was refused at the door, or another
 * route than the front's has answered it.
 *
 * @param request the request
 * @param arrival when it arrived
 * @param client who asked
 * @param status the status written
 * @param refused why it was refused, or null where another route answered
 * @param nanos how long it took
 */
public record Beside(
    HttpServerRequest request,
    Instant arrival,
    String client,
    int status,
    @Nullable String refused,
    long nanos) {}
