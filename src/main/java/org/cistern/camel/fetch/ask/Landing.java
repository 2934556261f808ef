package org.cistern.camel.fetch.ask;

import org.cistern.freshness.Verdict;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a call to an upstream ended: exactly one of the three is there.
 *
 * @param incoming the response, its body still to come
 * @param stale the verdict by which the stored answer stands in
 * @param status the error that it stands in for, or 0 where no response came
 * @param failure why there is no response
 */
public record Landing(
    @Nullable Incoming incoming,
    @Nullable Verdict stale,
    int status,
    @Nullable UpstreamFailure failure) {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  static Landing came(Incoming incoming) {
    return new Landing(incoming, null, 0, null);
  }

  static Landing stale(Verdict verdict, int status) {
    return new Landing(null, verdict, status, null);
  }

  static Landing failed(UpstreamFailure failure) {
    return new Landing(null, null, 0, failure);
  }

  /** Hands the ending to the one that is made for it; what cannot be taken has failed. */
  public void reach(Receiver receiver) {
    try {
      tell(receiver);
    } catch (RuntimeException e) {
      LOG.warn("the response of an upstream cannot be taken", e);
      if (incoming != null) {
        incoming.cancel();
      }
      receiver.failed(OriginRoute.broken(e));
    }
  }

  private void tell(Receiver receiver) {
    if (incoming != null) {
      receiver.came(incoming);
    } else if (stale != null) {
      receiver.standsIn(stale, status);
    } else if (failure != null) {
      receiver.failed(failure);
    }
  }

  /** One method per ending. */
  public interface Receiver {

    /** The upstream answered; the body is still to come. */
    void came(Incoming incoming);

    /** What is stored stands in for an error with this status, or for no response at all (0). */
    void standsIn(Verdict stale, int status);

    /** There is no response, and nothing that stands in for one. */
    void failed(UpstreamFailure failure);
  }
}
