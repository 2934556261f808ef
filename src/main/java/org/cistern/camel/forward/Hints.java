package org.cistern.camel.forward;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.cistern.camel.call.ClientCall;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes interim responses on to the client (RFC 9110 section 15.2, RFC 8297). */
public final class Hints implements Outgoing.Interim {

  private static final Logger LOG = LoggerFactory.getLogger(Hints.class);
  private static final int CONTINUE = 100;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ClientCall call;

  /** Passes on to this client. */
  public Hints(ClientCall call) {
    this.call = call;
  }

  @Override
  public void interim(int status, Headers headers) {
    if (status == CONTINUE) {
      call.goOn();
    } else if (status != SWITCHING_PROTOCOLS && isAwaited()) {
      pass(status, headers);
    }
  }

  /** A client that does not read gets none: they say nothing that it could not do without. */
  private boolean isAwaited() {
    HttpServerResponse response = call.response();
    if (call.request().version() == HttpVersion.HTTP_1_0) {
      return false;
    }
    boolean open = !response.headWritten() && !response.ended() && !response.closed();
    return open && !response.writeQueueFull();
  }

  /** One that cannot be written is left out: the upstream's final response is not its affair. */
  private void pass(int status, Headers headers) {
    try {
      // It has no content, and what frames the message after it is not its to say.
      InterimHead.write(call, status, headers.without("Content-Length"));
    } catch (IllegalArgumentException unwritable) {
      LOG.debug("a {} for {} cannot be passed on", status, call, unwritable);
    }
  }
}
