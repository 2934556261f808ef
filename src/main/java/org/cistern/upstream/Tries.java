package org.cistern.upstream;

import java.util.ArrayList;
import java.util.List;
import org.cistern.upstream.UpstreamFailure.Kind;

/** The endpoints at which a request failed already, and whether there may be one more. */
final class Tries {

  private final int most;
  private List<Endpoint> failed = List.of();

  Tries(int most) {
    this.most = most;
  }

  /** Returns the endpoints at which it failed. */
  List<Endpoint> failed() {
    return failed;
  }

  /** Notes a failed try; tells whether another one may follow a failure of this kind. */
  boolean again(Endpoint endpoint, Kind kind) {
    failed = new ArrayList<>(failed);
    failed.add(endpoint);
    boolean network = kind == Kind.CONNECT || kind == Kind.TLS || kind == Kind.DISCONNECT;
    return network && failed.size() < most;
  }
}
