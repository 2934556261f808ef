package org.cistern.flight;

import org.cistern.answer.Answer;
import org.cistern.upstream.Incoming;
import org.cistern.upstream.UpstreamFailure;

/** What a pilot brings home. */
public sealed interface Outcome {

  /** Hands the outcome to the method that is made for its kind. */
  void reach(Receiver receiver);

  /**
   * A response that is to be kept, and shared while it arrives.
   *
   * @param incoming the response
   * @param keep how it is kept
   */
  record Streamed(Incoming incoming, Keep keep) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.streamed(incoming, keep);
    }
  }

  /**
   * A response for the one that asked, and for nobody else.
   *
   * @param incoming the response
   * @param reason why it cannot be shared, as those hear it who waited for it
   */
  record Passing(Incoming incoming, Alone reason) implements Outcome {
    @Override
    public void reach(Receiver receiver) {
      receiver.passing(incoming, reason);
    }
  }

  /**
   * A whole answer: stored, and just freshened by a 304, found meanwhile, or served stale.
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
    void streamed(Incoming incoming, Keep keep);

    /** Takes a response for one alone. */
    void passing(Incoming incoming, Alone reason);

    /** Takes a whole answer. */
    void whole(Answer answer);

    /** Takes the reason why there is none. */
    void failed(UpstreamFailure failure);
  }
}
