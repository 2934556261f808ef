package org.cistern.camel.engine.log;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One JSON object on one line, whatever stands in its texts (RFC 8259 section 7). */
final class JsonLine {

  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder text = new StringBuilder(384).append('{');

  /** Adds a text; null leaves the member out. */
  JsonLine text(String name, @Nullable CharSequence value) {
    if (value != null) {
      name(name).append('"');
      for (int i = 0; i < value.length(); i++) {
        escape(value.charAt(i));
      }
      text.append('"');
    }
    return this;
  }

  /** Adds a number. */
  JsonLine number(String name, long value) {
    name(name).append(value);
    return this;
  }

  /** Adds nanoseconds as milliseconds with three decimals. */
  JsonLine millis(String name, long nanos) {
    long micros = nanos / 1000;
    long rest = micros % 1000;
    name(name).append(micros / 1000).append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".");
    text.append(rest);
    return this;
  }

  private StringBuilder name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    return text.append('"').append(name).append("\":");
  }

  /** Beside what JSON asks for, nothing that a terminal obeys or that ends a line elsewhere. */
  private void escape(char c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append(c);
    } else if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || lone(c)) {
      text.append("\\u").append(HEX.toHexDigits(c));
    } else {
      text.append(c);
    }
  }

  private static boolean lone(char c) {
    return Character.isSurrogate(c);
  }

  /** Returns the object. */
  @Override
  public String toString() {
    return text + "}";
  }
}
