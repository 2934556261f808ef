package org.cistern.flight;

import io.vertx.core.Context;
import org.cistern.answer.Answer;
import org.cistern.upstream.message.UpstreamFailure;

/**
 * A request that waits for an answer. Exactly one of {@link #live}, {@link #whole}, {@link #failed}
 * and {@link #alone} is called, once, on the passenger's own context; none after it has left. It
 * may be called before {@link Flights#board} has returned.
 */
public interface Passenger {

  /** Returns what the flight has to know of this request; the same at every call. */
  Ticket ticket();

  /** Returns the event loop that this request lives on. */
  Context context();

  /**
   * Judges whether an answer fetched for another request suits this one: variant, owner and what
   * the request permits. Called on the passenger's context; never for what its own pilot fetched.
   *
   * @param offered the answer, its body possibly still to come: the body says nothing here
   */
  Fit judge(Answer offered);

  /**
   * Judges whether a stale answer may stand in for the upstream's error in this request's eyes.
   * Called as {@link #judge} is; {@link #whole} follows where it may.
   *
   * @param status the upstream's error, or 0 where it gave no response
   */
  Fit judgeStandIn(Answer offered, int status);

  /** The head is here and the body follows, paused until it is read. */
  void live(Live answer);

  /** The flight ended in an answer that is whole already. */
  void whole(Answer answer);

  /** There is no answer. */
  void failed(UpstreamFailure failure);

  /** The passenger has to ask the upstream by itself, for itself. */
  void alone(Alone reason);
}
