package org.cistern.flight;

import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.freshness.Reason;
import org.cistern.http.Headers;

/** How one response is kept; called on the event loop of the flight. */
public interface Keep {

  /**
   * Returns the answer as it will be stored, with an empty body: those who wait are judged by it,
   * and get its fields. Its position is the one that the pilot was given.
   */
  Answer described();

  /** Returns how many bytes a body may have to be kept. */
  long maxSize();

  /** Makes the answer once the body is whole; tags that only the body knows are added here. */
  Answer complete(Body body, Headers trailers);

  /**
   * Stores the answer. It must be found in memory, where the rule keeps it there, when this
   * returns.
   *
   * @return completed, in whatever way, once the write policy lets the client have its last byte
   */
  CompletionStage<?> store(Answer answer);

  /** Hears that the body turned out to be of a size that is not kept. */
  default void misfit(Reason why) {}

  /** Tells whether the last byte waits for what {@link #store} returns (write-through). */
  boolean lastByteWaits();
}
