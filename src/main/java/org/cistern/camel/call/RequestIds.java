package org.cistern.camel.call;

import java.util.concurrent.ThreadLocalRandom;
import org.cistern.http.forwarding.RequestId;
import org.jspecify.annotations.Nullable;

/** Where the id of a request comes from: made here, or taken over from those who are believed. */
public enum RequestIds {
  /** A trusted proxy's id is taken over; everybody else's is replaced. */
  TRUSTED,
  /** Anybody's id is taken over. */
  ANY,
  /** There are none of ours; what the client and the upstream say to each other passes. */
  OFF;

  /** The name of the field. */
  public static final String FIELD = "x-request-id";

  @Nullable String of(ClientCall call) {
    if (this == OFF) {
      return null;
    }
    String offered = believes(call) ? call.fields().first(FIELD) : null;
    return RequestId.of(offered, ThreadLocalRandom.current());
  }

  /** Tells whether the client brought an id that is taken over. */
  boolean brought(ClientCall call) {
    return believes(call) && call.fields().has(FIELD);
  }

  private boolean believes(ClientCall call) {
    return this == ANY || (this == TRUSTED && call.client().throughTrusted());
  }
}
