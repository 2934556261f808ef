package org.cistern.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a request as it stands on the wire (RFC 9112 sections 3 and 5), written line by line.
 * What would break out of its line is refused.
 */
public final class HeadBytes {

  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  /** Makes an empty head with room for so many bytes; it grows where they do not suffice. */
  public HeadBytes(int room) {
    bytes = new byte[room];
  }

  /**
   * Writes the request line.
   *
   * @throws IllegalArgumentException where the method is no token, or the target holds white space
   *     or a control character
   */
  public void request(String method, String target) {
    if (!FieldSyntax.isToken(method)) {
      throw new IllegalArgumentException("'" + method + "' cannot be a method");
    }
    text(method);
    room(1);
    bytes[size++] = ' ';
    target(target);
    bytes(VERSION);
  }

  /**
   * Writes a line, its name as spelt.
   *
   * @throws IllegalArgumentException where the name is no token, or the value would break out of
   *     its line
   */
  public void line(String name, String value) {
    room(name.length() + value.length() + FieldBytes.AROUND);
    size = FieldBytes.put(name, value, bytes, size);
  }

  /** Writes the empty line that ends the head. */
  public void end() {
    room(2);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  /** Returns what the head is written into, not to be changed; mostly longer than the head. */
  public byte[] array() {
    return bytes;
  }

  /** Returns the number of bytes written. */
  public int size() {
    return size;
  }

  private void target(String target) {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("a request has no target");
    }
    boolean ascii = true;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 0x7F) {
        throw new IllegalArgumentException("a request's target holds the character " + (int) c);
      }
      ascii &= c < 0x7F;
    }
    if (ascii) {
      text(target);
    } else {
      bytes(target.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void text(String ascii) {
    room(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  private void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
