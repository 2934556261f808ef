package org.cistern.http;

import java.util.HexFormat;

/** Numbers as lower-case hexadecimal digits of full length. */
public final class HexDigits {

  private static final HexFormat FORMAT = HexFormat.of();

  private HexDigits() {}

  /** Returns 16 digits. */
  public static String of(long bits) {
    return FORMAT.toHexDigits(bits);
  }
}
