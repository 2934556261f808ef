package org.cistern.http;

import java.nio.charset.StandardCharsets;

/** Text as forms encode it: a plus is a space, a percent sign begins an escape of a byte. */
final class FormText {

  private FormText() {}

  /**
   * Returns the decoded text, bytes read as UTF-8; a percent sign without two digits behind it
   * stands for itself.
   */
  static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw.indexOf('+') < 0 ? raw : raw.replace('+', ' ');
    }
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int at = 0; at < bytes.length; at++) {
      int octet = bytes[at] == '%' ? hexByte(bytes, at + 1) : -1;
      at += octet < 0 ? 0 : 2;
      bytes[length++] = octet < 0 ? plain(bytes[at]) : (byte) octet;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static byte plain(byte octet) {
    return octet == '+' ? (byte) ' ' : octet;
  }

  private static int hexByte(byte[] bytes, int at) {
    int length = Math.min(2, bytes.length - at);
    return UriCharacters.hexByte(new String(bytes, at, length, StandardCharsets.ISO_8859_1), 0);
  }
}
