package org.cistern.upstream.exchange;

import io.vertx.core.http.HttpClient;

/**
 * One kind of requests at one event loop: the connections that carry them and the gate before.
 *
 * @param http the connections
 * @param gate the bound on requests in progress and waiting
 * @param kept those of the connections that wait for their next plain request
 */
record Lane(HttpClient http, Gate gate, Kept kept) {

  /** Tells whether nobody is in progress or waits. */
  boolean idle() {
    return gate.inside() == 0 && gate.waiting() == 0;
  }
}
