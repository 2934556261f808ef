package org.cistern.camel.component;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.cistern.camel.call.ClientCall;
import org.cistern.http.Headers;
import org.cistern.upstream.Outgoing;

/** Passes interim responses on to the client (RFC 9110 section 15.2, RFC 8297). */
final class Hints implements Outgoing.Interim {

  private static final int CONTINUE = 100;
  private static final int EARLY_HINTS = 103;

  private final ClientCall call;

  Hints(ClientCall call) {
    this.call = call;
  }

  @Override
  public void interim(int status, Headers headers) {
    HttpServerResponse response = call.response();
    if (status == CONTINUE) {
      call.goOn();
    } else if (call.request().version() == HttpVersion.HTTP_1_0) {
      return;
    }
    if (status == EARLY_HINTS && !response.headWritten() && !response.closed()) {
      MultiMap lines = MultiMap.caseInsensitiveMultiMap();
      headers.each(lines::add);
      response.writeEarlyHints(lines);
    }
  }
}
