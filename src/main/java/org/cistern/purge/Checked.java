package org.cistern.purge;

import org.cistern.answer.Position;

/**
 * What the log said of one answer, and how far it had come when asked; remembered beside an entry
 * in memory, so that the next hit costs one comparison.
 *
 * <p>Threads may write it to an entry's plain field in any order: an older one that wins makes the
 * next hit test some barriers twice, and never makes it miss one.
 *
 * @param upTo the log's head before the barriers were tested
 * @param coverage what they said
 */
public record Checked(Position upTo, Coverage coverage) {}
