package org.cistern.camel.fetch.ask;

import org.cistern.freshness.Asked;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;

/** Copies of requests for work that outlives them. */
public final class Snapshots {

  private Snapshots() {}

  /** Returns the same with a copy of the request, whose fields the server will reuse. */
  public static Asked of(Asked asked) {
    Request request = asked.request();
    Snapshot copy =
        new Snapshot(request.method(), request.target(), Headers.copyOf(request.fields()));
    return asked.with(copy);
  }

  /** Returns a copy that brings what is stored: a HEAD is answered from what a GET has brought. */
  public static Asked toFetch(Asked asked) {
    Request request = asked.request();
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    return asked.with(new Snapshot(method, request.target(), Headers.copyOf(request.fields())));
  }

  private record Snapshot(String method, Target target, Fields fields) implements Request {}
}
