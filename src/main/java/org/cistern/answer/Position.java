package org.cistern.answer;

/**
 * A place in the purge log: which log, and how far.
 *
 * @param epoch the random number that names the log; positions of two epochs have no order
 * @param number how many barriers the log had, 0 for none
 */
public record Position(long epoch, long number) {}
