package org.cistern.purge;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * What the request path needs of the purge log. All reads are free of locks and of waiting; a purge
 * is in force for every read that begins after {@link #append} has returned.
 */
public interface Purges {

  /** Returns the place that the log has reached; what begins to be fetched now carries it. */
  Position head();

  /** Tests an answer against the barriers newer than its position. */
  Coverage covers(Answer answer);

  /**
   * Tests what is known of an answer that has not come yet.
   *
   * @param target what is asked for
   * @param tags the tags known so far
   * @param rule the rule's id
   * @param owner the user's hash, or null
   * @param since only barriers newer than this count
   */
  Coverage covers(
      Target target, Set<String> tags, String rule, @Nullable String owner, Position since);

  /**
   * Enters a purge into the log.
   *
   * @return completed with its position once it outlives a crash; in force at once, even where
   *     writing it down fails, in which case it completes exceptionally with the reason
   */
  CompletionStage<Position> append(Purge purge);
}
