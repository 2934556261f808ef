package org.cistern.rule.load;

import java.util.List;
import org.cistern.rule.load.Value.Scalar;
import org.cistern.rule.load.Value.Scalar.Kind;

/** Reads single values: texts, numbers, switches, words out of a few. */
final class Scalars {

  private Scalars() {}

  /** Returns a text that is not blank; a number counts as its text. */
  static String text(Value value) {
    if (value instanceof Scalar scalar
        && (scalar.kind() == Kind.TEXT || scalar.kind() == Kind.WHOLE)
        && !scalar.text().isBlank()) {
      return scalar.text();
    }
    throw new Unreadable(value, "is " + value.shown() + "; a text is needed");
  }

  /** Returns a whole number within bounds. */
  static long whole(Value value, long least, long most) {
    String needed = "; a whole number from " + least + " to " + most + " is needed";
    if (!(value instanceof Scalar scalar) || scalar.kind() != Kind.WHOLE) {
      throw new Unreadable(value, "is " + value.shown() + needed);
    }
    try {
      long number = Long.parseLong(scalar.text());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Hexadecimal, octal or too long: refused as if it were out of bounds.
    }
    throw new Unreadable(value, "is " + value.shown() + needed);
  }

  /** Returns what a switch is set to. */
  static boolean onOff(Value value) {
    if (value instanceof Scalar scalar && scalar.kind() == Kind.SWITCH) {
      return Boolean.parseBoolean(scalar.text());
    }
    throw new Unreadable(value, "is " + value.shown() + "; true or false is needed");
  }

  /** Returns one of a few words. */
  static String word(Value value, List<String> words) {
    if (value instanceof Scalar scalar && words.contains(scalar.text())) {
      return scalar.text();
    }
    String hint =
        value instanceof Scalar scalar
            ? NearestName.to(scalar.text(), words)
                .map(w -> "; did you mean '" + w + "'?")
                .orElse("")
            : "";
    throw new Unreadable(
        value, "is " + value.shown() + "; allowed are " + String.join(", ", words) + hint);
  }
}
