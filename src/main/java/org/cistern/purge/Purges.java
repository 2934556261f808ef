package org.cistern.purge;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/**
 * What the request path needs of the purge log. All reads are free of locks and of waiting; a purge
 * is in force for every read that begins after {@link #append} has returned.
 *
 * <p>A position of another epoch cannot be ordered among the barriers: what carries one counts as
 * soft-purged, and as gone where any hard barrier of this epoch covers it.
 */
public interface Purges {

  /**
   * Returns the place that the log has reached; what begins to be fetched now carries it. The same
   * object is returned until the next purge: two heads may be compared by {@code ==}.
   */
  Position head();

  /** Tests an answer against the barriers newer than its position. */
  Coverage covers(Answer answer);

  /**
   * Tests what is known of an answer that has not come yet, or an answer under another target than
   * its own: a key that leaves out parts of the query lets one answer serve many targets, and a
   * purge of any of them must reach it.
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
   * Tests only whether purges of URIs and paths that are newer than {@code since} cover a target.
   */
  default Coverage coversTarget(Target target, Position since) {
    return covers(target, Set.of(), "", null, since);
  }

  /**
   * Tests an answer only against what was not tested before.
   *
   * @param before what this returned for the same answer last time, or null
   * @return {@code before} itself, after one comparison, where no purge came since; else what to
   *     remember in its place
   */
  Checked check(Answer answer, @Nullable Checked before);

  /**
   * Enters a purge into the log.
   *
   * @return completed with its position once it outlives a crash; in force at once, even where
   *     writing it down fails, in which case it completes exceptionally with {@link NotKept}. Only
   *     the completion promises that the purge outlives the process: before it, a crash may lose
   *     it. It may complete on the thread that writes: a callback must hand over to its own.
   */
  CompletionStage<Position> append(Purge purge);

  /** Hears that somebody went on before a purge was written down; counted. */
  default void unconfirmed() {}
}
