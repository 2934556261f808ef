package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where requests enter a route.
 *
 * @param route gives the id of the route, once it is started
 * @param path the paths that it takes requests of
 * @param methods their methods; none: all
 * @param claims whether no route of the event loop may have its paths, even with other methods
 * @param handler gets them
 * @param idle what of the endpoint's options would have no effect
 */
record Door(
    Supplier<String> route,
    DoorPath path,
    Set<String> methods,
    boolean claims,
    Handler<HttpServerRequest> handler,
    List<String> idle) {

  boolean takes(String method) {
    return methods.isEmpty() || methods.contains(method);
  }

  /**
   * Tells whether a request could enter through both, and neither is closer to it. Of those that
   * claim their paths the first has it: the verbs of a REST definition share OPTIONS.
   */
  boolean isTwinOf(Door other) {
    return path.equals(other.path)
        && !(claims && other.claims)
        && (methods.isEmpty()
            || other.methods.isEmpty()
            || !Collections.disjoint(methods, other.methods));
  }
}
