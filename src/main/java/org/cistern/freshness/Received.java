package org.cistern.freshness;

import java.time.Instant;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;

/**
 * The head of a final response, with when it was asked for and when it came.
 *
 * @param status the status code
 * @param headers the fields
 * @param length the length of the content in bytes, or -1 where it is not known
 * @param closeDelimited only the close of the connection ends the content
 * @param maimed something without which it cannot be judged was taken off it
 * @param codedHere coded forms of it are made here, so that {@code Accept-Encoding} selects no
 *     variant of what came without a coding
 * @param askedUnder the URLs under which its upstream was asked, its names for the client's origin
 * @param requestTime when the request was sent
 * @param responseTime when the head was received
 */
public record Received(
    int status,
    Headers headers,
    long length,
    boolean closeDelimited,
    boolean maimed,
    boolean codedHere,
    Set<Target> askedUnder,
    Instant requestTime,
    Instant responseTime) {

  /** Makes one that came with all its fields. */
  public Received(
      int status,
      Headers headers,
      long length,
      boolean closeDelimited,
      Instant requestTime,
      Instant responseTime) {
    this(
        status, headers, length, closeDelimited, false, false, Set.of(), requestTime, responseTime);
  }

  /** Returns the head of a stored answer. */
  public static Received of(Answer answer) {
    return new Received(
        answer.status(),
        answer.headers(),
        answer.body().size(),
        false,
        answer.requestTime(),
        answer.responseTime());
  }
}
