package org.cistern.http;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one message, in the order received, repeated lines kept; names are matched
 * without regard to case (RFC 9110 section 5.1).
 */
public interface Fields {

  /** Returns the value of the first line with this name, or null where there is none. */
  @Nullable String first(String name);

  /** Returns the values of all lines with this name, in order; empty where there is none. */
  List<String> all(String name);

  /** Passes every line, name and value as received, in order. */
  void each(BiConsumer<String, String> line);

  /** Tells whether there is at least one line with this name. */
  default boolean has(String name) {
    return first(name) != null;
  }

  /**
   * Returns all lines with this name as one value, joined by a comma and a space (RFC 9110 section
   * 5.3), lines of Cookie by a semicolon (RFC 9113 section 8.2.3); null where there is none.
   */
  default @Nullable String joined(String name) {
    List<String> values = all(name);
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.get(0);
      default -> String.join(name.equalsIgnoreCase("cookie") ? "; " : ", ", values);
    };
  }
}
