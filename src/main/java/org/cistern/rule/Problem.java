package org.cistern.rule;

import java.util.Comparator;

/**
 * A remark on a rule: where it stands and what is to be said.
 *
 * @param severity whether it keeps the rules from coming into force
 * @param file the file's name, or what else the rules came from
 * @param line the line, from 1; 0 where there is none
 * @param column the column, from 1; 0 where there is none
 * @param field the field with its parents ({@code warmup.cron}); empty where it is none of them
 * @param sentence what is wrong, with the value and what is allowed
 */
public record Problem(
    Severity severity, String file, int line, int column, String field, String sentence) {

  /** The order of the file. */
  public static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  /** How grave a remark is. */
  public enum Severity {
    /** The rules are refused. */
    ERROR,
    /** The rules are taken; what is said will hardly be meant. */
    WARNING,
    /** Something that was decided and is worth knowing. */
    NOTE
  }

  @Override
  public String toString() {
    String place = line == 0 ? file : file + ':' + line + ':' + column;
    return field.isEmpty() ? place + ": " + sentence : place + ": " + field + ' ' + sentence;
  }
}
