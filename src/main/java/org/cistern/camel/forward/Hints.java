package org.cistern.camel.forward;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.cistern.camel.call.ClientCall;
import org.cistern.http.Headers;
import org.cistern.upstream.Outgoing;

/** Passes interim responses on to the client (RFC 9110 section 15.2, RFC 8297). */
public final class Hints implements Outgoing.Interim {

  private static final int CONTINUE = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int EARLY_HINTS = 103;

  private final ClientCall call;

  /** Passes on to this client. */
  public Hints(ClientCall call) {
    this.call = call;
  }

  @Override
  public void interim(int status, Headers headers) {
    if (status == CONTINUE) {
      call.goOn();
    } else if (call.request().version() != HttpVersion.HTTP_1_0 && isAwaited()) {
      pass(status, headers);
    }
  }

  /** A client that does not read gets none: they say nothing that it could not do without. */
  private boolean isAwaited() {
    HttpServerResponse response = call.response();
    boolean open = !response.headWritten() && !response.ended() && !response.closed();
    return open && !response.writeQueueFull();
  }

  private void pass(int status, Headers headers) {
    if (status == EARLY_HINTS) {
      MultiMap lines = MultiMap.caseInsensitiveMultiMap();
      headers.each(lines::add);
      call.response().writeEarlyHints(lines);
    } else if (status != SWITCHING_PROTOCOLS) {
      // It has no content, and what frames the message after it is not its to say.
      InterimHead.write(call, status, headers.without("Content-Length"));
    }
  }
}
