package org.cistern.http.structured;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.cistern.http.structured.StructuredValue.Bool;
import org.cistern.http.structured.StructuredValue.Bytes;
import org.cistern.http.structured.StructuredValue.Date;
import org.cistern.http.structured.StructuredValue.Decimal;
import org.cistern.http.structured.StructuredValue.Display;
import org.cistern.http.structured.StructuredValue.Text;
import org.cistern.http.structured.StructuredValue.Token;
import org.cistern.http.structured.StructuredValue.Whole;
import org.jspecify.annotations.Nullable;

/** A cursor over a structured field that reads keys and bare items (RFC 9651 section 4.2.3). */
final class StructuredItems {

  private static final char END = '\0';

  private final String text;
  private int at;
  private boolean failed;

  StructuredItems(String text) {
    this.text = text.substring(0, lengthWithoutSpacesBehind(text));
  }

  private static int lengthWithoutSpacesBehind(String text) {
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    return length;
  }

  boolean atEnd() {
    return !failed && at >= text.length();
  }

  /** Marks the field as broken where it ends here: a comma must have a member behind it. */
  boolean failAtEnd() {
    failed |= at >= text.length();
    return failed;
  }

  char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  boolean take(char wanted) {
    boolean taken = at < text.length() && text.charAt(at) == wanted;
    at += taken ? 1 : 0;
    return taken;
  }

  void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  @Nullable String key() {
    int start = at;
    if (!isLower(peek()) && peek() != '*') {
      return null;
    }
    while (isLower(peek()) || isDigit(peek()) || oneOf("_-.*")) {
      at++;
    }
    return text.substring(start, at);
  }

  @Nullable StructuredValue bare() {
    char first = peek();
    if (first == '-' || isDigit(first)) {
      return number();
    }
    if (isAlpha(first) || first == '*') {
      return token();
    }
    return switch (first) {
      case '"' -> string();
      case ':' -> bytes();
      case '?' -> bool();
      case '@' -> date();
      case '%' -> display();
      default -> null;
    };
  }

  private @Nullable StructuredValue number() {
    int start = at;
    take('-');
    int whole = digits();
    boolean point = take('.');
    int fraction = point ? digits() : 0;
    if (whole == 0 || whole > (point ? 12 : 15) || (point && (fraction == 0 || fraction > 3))) {
      return null;
    }
    String number = text.substring(start, at);
    return point ? new Decimal(new BigDecimal(number)) : new Whole(Long.parseLong(number));
  }

  private int digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    return at - start;
  }

  private StructuredValue token() {
    int start = at++;
    while (isAlpha(peek()) || isDigit(peek()) || oneOf("!#$%&'*+-.^_`|~:/")) {
      at++;
    }
    return new Token(text.substring(start, at));
  }

  private @Nullable StructuredValue string() {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return new Text(out.toString());
      }
      if (c == '\\' && ++at < text.length()) {
        c = text.charAt(at);
        if (c != '"' && c != '\\') {
          return null;
        }
      } else if (c < ' ' || c > '~') {
        return null;
      }
      out.append(c);
    }
    return null;
  }

  private @Nullable StructuredValue bytes() {
    int end = text.indexOf(':', at + 1);
    if (end < 0) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(text.substring(at + 1, end));
      at = end + 1;
      return new Bytes(ByteBuffer.wrap(decoded).asReadOnlyBuffer());
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private @Nullable StructuredValue bool() {
    at++;
    if (take('1')) {
      return Bool.TRUE;
    }
    return take('0') ? new Bool(false) : null;
  }

  private @Nullable StructuredValue date() {
    at++;
    Long seconds = peek() == '-' || isDigit(peek()) ? whole() : null;
    return seconds == null ? null : new Date(seconds);
  }

  private @Nullable Long whole() {
    StructuredValue number = number();
    return number == null ? null : number.asWhole();
  }

  private @Nullable StructuredValue display() {
    if (!text.startsWith("%\"", at)) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (at += 2; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return utf8(out.toByteArray());
      }
      int octet = c == '%' ? hex() : c;
      if (octet < 0 || c < ' ' || c > '~') {
        return null;
      }
      out.write(octet);
    }
    return null;
  }

  /** Returns the octet of the two digits behind a percent sign and goes to the second; or -1. */
  private int hex() {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = "0123456789abcdef".indexOf(text.charAt(at + 1));
    int low = "0123456789abcdef".indexOf(text.charAt(at + 2));
    at += 2;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static @Nullable StructuredValue utf8(byte[] octets) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      return new Display(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  private boolean oneOf(String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isAlpha(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
