package org.cistern.rule.load;

import java.util.List;

/** A value of a rule file or of a JSON body, with the place where it stands. */
sealed interface Value {

  /** Returns the place. */
  Place place();

  /** Returns the value as a sentence shows it. */
  String shown();

  /**
   * A place in a text.
   *
   * @param line from 1; 0 where there is no text
   * @param column from 1; 0 where there is no text
   */
  record Place(int line, int column) {
    static final Place NONE = new Place(0, 0);
  }

  /** A single value. */
  record Scalar(String text, Kind kind, Place place) implements Value {

    /** What a single value is. */
    enum Kind {
      TEXT,
      WHOLE,
      FRACTION,
      SWITCH,
      NOTHING
    }

    @Override
    public String shown() {
      String visible = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      return kind == Kind.NOTHING ? "nothing" : "'" + visible.replaceAll("\\p{Cntrl}", "?") + "'";
    }
  }

  /** A list. */
  record Sequence(List<Value> items, Place place) implements Value {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /** Named values, in their order; no name twice. */
  record Mapping(List<Entry> entries, Place place) implements Value {
    @Override
    public String shown() {
      return "a group of fields";
    }
  }

  /** A named value and the place of its name. */
  record Entry(String name, Place place, Value value) {}
}
