package org.cistern.flight;

import java.util.concurrent.CompletionStage;
import org.cistern.answer.Body;
import org.cistern.http.Headers;

/** What a fill tells its flight; called on the flight's event loop. */
interface Course {

  /** Tells whether the last byte is held back until the answer is stored. */
  boolean lastByteWaits();

  /** The body will not be kept; nobody joins from now on. */
  void unkept(Unkept why);

  /** The body came whole and is to be stored; the stage is what a last byte waits for. */
  CompletionStage<?> complete(Body body, Headers trailers);

  /** A ride was broken off. */
  void broken(StreamReset.Cause cause);

  /** Nothing follows any more. */
  void over();

  /** Why a body is not kept although it may be stored. */
  enum Unkept {
    /** It is larger than its rule keeps. */
    TOO_LARGE,
    /** All fills together hold what they may. */
    OVER_BUDGET
  }
}
