package org.cistern.upstream.exchange;

import java.util.ArrayList;
import java.util.List;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.jspecify.annotations.Nullable;

/** The endpoints at which a request failed already, and whether there may be one more. */
final class Tries {

  private final int most;
  private List<Endpoint> failed = List.of();
  private @Nullable UpstreamFailure arrived;

  Tries(int most) {
    this.most = most;
  }

  /** Returns the endpoints at which it failed. */
  List<Endpoint> failed() {
    return failed;
  }

  /** Notes a failed try; tells whether another one may follow a failure of its kind. */
  boolean again(Endpoint endpoint, UpstreamFailure failure) {
    failed = new ArrayList<>(failed);
    failed.add(endpoint);
    Kind kind = failure.kind();
    if (kind.mayHaveArrived()) {
      arrived = failure;
    }
    boolean network = kind == Kind.CONNECT || kind == Kind.TLS || kind == Kind.DISCONNECT;
    return network && failed.size() < most;
  }

  /** Returns what to tell of the request: that it may have arrived before the last try, if so. */
  UpstreamFailure told(UpstreamFailure last) {
    return arrived == null || last.kind().mayHaveArrived() ? last : arrived;
  }
}
