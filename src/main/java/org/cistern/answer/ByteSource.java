package org.cistern.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A row of bytes read from the front. Whatever would lead past the end gives an empty value and is
 * remembered: the reader asks {@link #isSound} once, at the end. No count is believed that the
 * bytes left could not hold, so nothing read from here is larger than the bytes themselves.
 */
final class ByteSource {

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean broken;

  ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Tells whether all that was asked for was there, and nothing is left. */
  boolean isSound() {
    return !broken && at == end;
  }

  /** Remembers that a value cannot be what was written. */
  void distrust() {
    broken = true;
  }

  int octet() {
    return has(1) ? bytes[at++] & 0xFF : 0;
  }

  int fixed4() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  long fixed8() {
    return (long) fixed4() << 32 | (fixed4() & 0xFFFFFFFFL);
  }

  int number() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = octet();
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    broken = true;
    return 0;
  }

  String text() {
    int code = number();
    int length = code >>> 1;
    return (code & 1) == 0 ? narrow(length) : wide(length);
  }

  @Nullable String optional() {
    return octet() == 0 ? null : text();
  }

  List<String> texts() {
    int count = count(1);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  Headers lines() {
    String[] lines = new String[count(2) * 2];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = text();
    }
    return lines.length == 0 ? Headers.empty() : Headers.of(lines);
  }

  private int count(int leastSize) {
    int count = number();
    return count >= 0 && has((long) count * leastSize) ? count : 0;
  }

  private String narrow(int length) {
    if (!has(length)) {
      return "";
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
  }

  private String wide(int length) {
    if (!has(length * 2L)) {
      return "";
    }
    // Not a charset: it would replace a lone surrogate.
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (octet() << 8 | octet());
    }
    return new String(text);
  }

  private boolean has(long more) {
    if (broken || more > end - at) {
      broken = true;
      return false;
    }
    return true;
  }
}
