package org.cistern.http.structured;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a structured field (RFC 9651 section 3): a bare item or an inner list. */
public sealed interface StructuredValue {

  /** An integer of at most 15 digits. */
  record Whole(long value) implements StructuredValue {}

  /** A decimal of at most 12 digits before and 3 behind the point. */
  record Decimal(BigDecimal value) implements StructuredValue {}

  /** A string, without its quotes. */
  record Text(String value) implements StructuredValue {}

  /** A token. */
  record Token(String value) implements StructuredValue {}

  /** A byte sequence, read-only. */
  record Bytes(ByteBuffer value) implements StructuredValue {}

  /** A boolean. */
  record Bool(boolean value) implements StructuredValue {

    /** The true that stands where a key has no value. */
    public static final Bool TRUE = new Bool(true);
  }

  /** A date, in seconds since the epoch. */
  record Date(long seconds) implements StructuredValue {}

  /** A display string, decoded. */
  record Display(String value) implements StructuredValue {}

  /** An inner list. */
  record Inner(List<Member> members) implements StructuredValue {
    public Inner {
      members = List.copyOf(members);
    }
  }

  /**
   * A value with its parameters, in order.
   *
   * @param value the value
   * @param parameters names with bare items; {@code true} where the field gives no value
   */
  record Member(StructuredValue value, Map<String, StructuredValue> parameters) {}

  /** Returns the integer, or null where the value is of another type. */
  default @Nullable Long asWhole() {
    return this instanceof Whole whole ? (Long) whole.value() : null;
  }

  /** Returns the string, or null where the value is of another type. */
  default @Nullable String asText() {
    return this instanceof Text text ? text.value() : null;
  }

  /** Tells whether the value is the boolean false; every other value says that a key is set. */
  default boolean isFalse() {
    return this instanceof Bool bool && !bool.value();
  }

  /**
   * Returns a text as a string of a structured field, quoted; what such a string cannot hold (RFC
   * 9651 section 3.3.3) becomes a question mark.
   */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c < ' ' || c > '~' ? '?' : c);
    }
    return quoted.append('"').toString();
  }
}
