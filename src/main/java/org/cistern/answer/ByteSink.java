package org.cistern.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A growing row of bytes, written from the front; see the grammar at {@link AnswerCodec}. */
final class ByteSink {

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  /** Returns the written bytes and {@code more} zeros behind them. */
  byte[] toBytes(int more) {
    return Arrays.copyOf(bytes, size + more);
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void fixed4(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void fixed8(long value) {
    fixed4((int) (value >>> 32));
    fixed4((int) value);
  }

  void number(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      octet(rest | 0x80);
      rest >>>= 7;
    }
    octet(rest);
  }

  /** Most text is Latin-1 and takes a byte a character; what is not takes two. */
  void text(String text) {
    boolean wide = isWide(text);
    number(text.length() << 1 | (wide ? 1 : 0));
    if (wide) {
      text.chars().forEach(this::fixed2);
    } else {
      raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  void optional(@Nullable String text) {
    octet(text == null ? 0 : 1);
    if (text != null) {
      text(text);
    }
  }

  void texts(Collection<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  void lines(int count, Consumer<BiConsumer<String, String>> lines) {
    number(count);
    lines.accept(
        (name, value) -> {
          text(name);
          text(value);
        });
  }

  private void fixed2(int value) {
    octet(value >>> 8);
    octet(value);
  }

  private void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  private static boolean isWide(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return true;
      }
    }
    return false;
  }
}
