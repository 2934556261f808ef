package org.cistern.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text and as bytes. The JDK's own parser asks the name service for whatever is not
 * an address, which a field of a stranger must never make us do.
 */
public final class IpLiteral {

  private static final int LONGEST = 45;

  private IpLiteral() {}

  /**
   * Returns the 4 or 16 bytes of an address without brackets, port or zone, or null where the text
   * is none. An IPv4 address in IPv6 clothes ({@code ::ffff:192.0.2.1}) gives 4 bytes.
   */
  public static byte @Nullable [] parse(String text) {
    if (text.indexOf(':') < 0) {
      return parseV4(text);
    }
    byte[] address = parseV6(text);
    return address == null ? null : unmapped(address);
  }

  /** Returns the IPv4 address inside a mapped IPv6 address, or the address itself. */
  public static byte[] unmapped(byte[] address) {
    boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
    for (int i = 0; i < 10 && mapped; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /**
   * Returns the 4 bytes of a dotted address, or null. Numbers with a leading zero are refused: some
   * read them as octal.
   */
  static byte @Nullable [] parseV4(String text) {
    String[] parts = text.length() > LONGEST ? new String[0] : text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      int octet = octet(parts[i]);
      if (octet < 0) {
        return null;
      }
      address[i] = (byte) octet;
    }
    return address;
  }

  private static int octet(String text) {
    if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int octet = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      octet = octet * 10 + c - '0';
    }
    return octet > 255 ? -1 : octet;
  }

  /** Returns the 16 bytes of an IPv6 address (RFC 4291 section 2.2), or null. */
  public static byte @Nullable [] parseV6(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    int gap = text.indexOf("::");
    List<Integer> head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
    List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
    if (head == null || tail == null) {
      return null;
    }
    int given = head.size() + tail.size();
    // A gap stands for one group at least.
    return (gap < 0 ? given == 8 : given <= 7) ? bytes(head, tail) : null;
  }

  private static byte[] bytes(List<Integer> head, List<Integer> tail) {
    byte[] address = new byte[16];
    write(head, address, 0);
    write(tail, address, 16 - 2 * tail.size());
    return address;
  }

  private static void write(List<Integer> groups, byte[] address, int from) {
    int at = from;
    for (int group : groups) {
      address[at++] = (byte) (group >> 8);
      address[at++] = (byte) group;
    }
  }

  private static @Nullable List<Integer> groups(String text, boolean last) {
    List<Integer> groups = new ArrayList<>(8);
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean dotted = last && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      if (!(dotted ? addDotted(parts[i], groups) : addGroup(parts[i], groups))) {
        return null;
      }
    }
    return groups;
  }

  private static boolean addDotted(String part, List<Integer> groups) {
    byte[] address = parseV4(part);
    if (address == null) {
      return false;
    }
    groups.add((address[0] & 0xFF) << 8 | (address[1] & 0xFF));
    groups.add((address[2] & 0xFF) << 8 | (address[3] & 0xFF));
    return true;
  }

  private static boolean addGroup(String part, List<Integer> groups) {
    int high =
        part.length() <= 4 ? UriCharacters.hexByte("0000".substring(part.length()) + part, 0) : -1;
    int low = high < 0 ? -1 : UriCharacters.hexByte("0000".substring(part.length()) + part, 2);
    if (part.isEmpty() || low < 0) {
      return false;
    }
    groups.add(high << 8 | low);
    return true;
  }

  /** Returns the address as text: dotted, or as RFC 5952 writes it, without brackets. */
  public static String format(byte[] address) {
    if (address.length == 4) {
      return (address[0] & 0xFF)
          + "."
          + (address[1] & 0xFF)
          + "."
          + (address[2] & 0xFF)
          + "."
          + (address[3] & 0xFF);
    }
    int start = longestGap(address);
    int end = start + gapLength(address, start);
    return end - start < 2
        ? groupText(address, 0, 8)
        : groupText(address, 0, start) + "::" + groupText(address, end, 8);
  }

  private static int longestGap(byte[] address) {
    int best = 0;
    for (int at = 1; at < 8; at++) {
      if (gapLength(address, at) > gapLength(address, best)) {
        best = at;
      }
    }
    return best;
  }

  private static int gapLength(byte[] address, int from) {
    int at = from;
    while (at < 8 && group(address, at) == 0) {
      at++;
    }
    return at - from;
  }

  private static int group(byte[] address, int index) {
    return (address[2 * index] & 0xFF) << 8 | (address[2 * index + 1] & 0xFF);
  }

  private static String groupText(byte[] address, int from, int to) {
    StringBuilder text = new StringBuilder(40);
    for (int at = from; at < to; at++) {
      text.append(at > from ? ":" : "").append(Integer.toHexString(group(address, at)));
    }
    return text.toString();
  }
}
