package org.cistern.camel.call;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a stored answer that change with the clock, as rendered for one second. */
public final class Stamp {

  private final long second;
  private final AsciiString age;
  private final @Nullable AsciiString status;
  private final byte[] block;

  /**
   * Renders the lines.
   *
   * @param second the second since the epoch
   * @param age the value of Age in seconds
   * @param status the value of Cache-Status, or null for none
   */
  public Stamp(long second, long age, @Nullable String status) {
    this.second = second;
    this.age = new AsciiString(Long.toString(age));
    this.status = status == null ? null : new AsciiString(status);
    String lines = status == null ? "" : "cache-status: " + status + "\r\n";
    this.block = ("age: " + age + "\r\n" + lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the second that it was rendered for. */
  public long second() {
    return second;
  }

  /** Returns the value of Age. */
  public CharSequence age() {
    return age;
  }

  /** Returns the value of Cache-Status, or null. */
  public @Nullable CharSequence status() {
    return status;
  }

  /** Returns the lines as they stand on the wire (HTTP/1); not to be changed. */
  byte[] block() {
    return block;
  }

  /** Tells whether it has a line of this name. */
  static boolean names(String name) {
    return name.equalsIgnoreCase("age") || name.equalsIgnoreCase("cache-status");
  }
}
