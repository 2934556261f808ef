package org.cistern.flight;

import org.cistern.answer.Answer;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** What a pilot brings home. */
public sealed interface Outcome {

  /** Hands the outcome to the method that is made for its kind. */
  void reach(Receiver receiver);

  /**
   * A response that is to be kept, and shared while it arrives.
   *
   * @param incoming the response
   * @param keep how it is kept
   * @param standIn a stale answer for those who have nothing yet when it breaks off, or null
   */
  record Streamed(Incoming incoming, Keep keep, @Nullable Answer standIn) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.streamed(this);
    }
  }

  /**
   * A response for the one that asked, and for nobody else.
   *
   * @param incoming the response
   * @param reason why it cannot be shared, as those hear it who waited for it
   * @param lasts the next response under the key will most likely be such a one too
   * @param standIn a stale answer for the case that it breaks off before any of it is used, or null
   */
  record Passing(Incoming incoming, Alone reason, boolean lasts, @Nullable Answer standIn)
      implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.passing(this);
    }
  }

  /**
   * Nothing for anybody, the one that asked included: each is to ask for itself.
   *
   * @param reason why
   * @param lasts the next response under the key will most likely be of no more use
   */
  record Apart(Alone reason, boolean lasts) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.apart(reason, lasts);
    }
  }

  /**
   * A whole answer: stored, and just freshened by a 304, or found meanwhile.
   *
   * @param answer the answer; storing it is the pilot's affair
   */
  record Whole(Answer answer) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.whole(answer);
    }
  }

  /**
   * A stale answer in place of an error: whoever waits is asked whether it may be.
   *
   * @param answer the answer
   * @param status the upstream's error, or 0 where it gave no response
   */
  record StandIn(Answer answer, int status) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.standsIn(answer, status);
    }
  }

  /**
   * No answer.
   *
   * @param failure why
   */
  record Failed(UpstreamFailure failure) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.failed(failure);
    }
  }

  /** One method per kind of outcome. */
  interface Receiver {
    /** Takes a response that is to be kept. */
    void streamed(Streamed came);

    /** Takes a response for one alone. */
    void passing(Passing came);

    /** Takes it that each has to ask for itself. */
    void apart(Alone reason, boolean lasts);

    /** Takes a whole answer. */
    void whole(Answer answer);

    /** Takes a stale answer in place of an error. */
    void standsIn(Answer answer, int status);

    /** Takes the reason why there is none. */
    void failed(UpstreamFailure failure);
  }
}
