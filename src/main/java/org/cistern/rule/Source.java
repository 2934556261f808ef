package org.cistern.rule;

import java.time.Instant;

/** Where a rule comes from. */
public sealed interface Source {

  /** Returns the name of the file, or {@code api}. */
  String name();

  /** Returns the line where the rule begins, from 1; 0 where it is in no file. */
  int line();

  /** Returns the column where the rule begins, from 1; 0 where it is in no file. */
  int column();

  /** A file of rules. */
  record InFile(String name, int line, int column) implements Source {}

  /**
   * The admin API.
   *
   * @param made when the rule was made; the older goes first among equal priorities
   */
  record OverApi(Instant made) implements Source {
    @Override
    public String name() {
      return "api";
    }

    @Override
    public int line() {
      return 0;
    }

    @Override
    public int column() {
      return 0;
    }
  }
}
