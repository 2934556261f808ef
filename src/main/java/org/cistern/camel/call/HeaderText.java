package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.cistern.http.FieldProblem;
import org.cistern.http.FieldSyntax;
import org.jspecify.annotations.Nullable;

/** Which message headers are HTTP fields, and their text. */
final class HeaderText {

  private HeaderText() {}

  /** Tells whether a value can stand in a field: text, a number, a flag, or several of them. */
  static boolean isText(@Nullable Object value) {
    return value == null
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || (value instanceof Collection<?> several
            && several.stream().allMatch(HeaderText::isText));
  }

  /**
   * Returns the lines of a value; none for null.
   *
   * @throws IllegalArgumentException where name or value would break out of the line
   */
  static List<String> values(String name, @Nullable Object value) {
    List<String> lines = new ArrayList<>(1);
    collect(value, lines);
    lines.forEach(line -> refuseBreaks(name, line));
    return lines;
  }

  /**
   * Returns the status code that a step has set.
   *
   * @throws IllegalArgumentException where it is none
   */
  static int status(Object value) {
    String text = value.toString().strip();
    if (text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "CamelHttpResponseCode is '" + text + "'; allowed is a status code of three digits");
  }

  private static void collect(@Nullable Object value, List<String> lines) {
    if (value instanceof Collection<?> several) {
      several.forEach(one -> collect(one, lines));
    } else if (value != null) {
      lines.add(value.toString());
    }
  }

  private static void refuseBreaks(String name, String value) {
    FieldProblem problem = FieldSyntax.problem(name, value);
    if (problem != null) {
      throw new IllegalArgumentException(
          "header '" + name + "' cannot be set: " + problem.sentence());
    }
  }
}
