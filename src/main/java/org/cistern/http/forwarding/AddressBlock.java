package org.cistern.http.forwarding;

import java.util.Arrays;
import org.cistern.http.Decimal;
import org.cistern.http.IpLiteral;

/** A block of IP addresses: those that share their first bits (RFC 4632). */
final class AddressBlock {

  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Returns the block written as an address, or as address, slash and number of bits.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw refused(text, "is not an IPv4 or IPv6 address, alone or with a prefix (10.0.0.0/8)");
    }
    AddressBlock block = block(text, address, slash);
    // 10.1.2.3/8 may mean one host or the block: trusting too many is not for us to choose.
    if (!Arrays.equals(block.network, address)) {
      throw refused(text, "has bits beyond its prefix; the block is " + block);
    }
    return block;
  }

  private static AddressBlock block(String text, byte[] address, int slash) {
    int most = address.length * 8;
    Long bits = slash < 0 ? Long.valueOf(most) : Decimal.saturated(text.substring(slash + 1));
    if (bits == null || bits > most) {
      throw refused(text, "needs a prefix from 0 to " + most);
    }
    return new AddressBlock(firstOf(address, bits.intValue()), bits.intValue());
  }

  private static byte[] firstOf(byte[] address, int bits) {
    byte[] first = address.clone();
    for (int bit = bits; bit < first.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return first;
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("the trusted proxy '" + text + "' " + why);
  }

  /** Tells whether the address, 4 or 16 bytes, lies in the block. */
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(address, 0, whole, network, 0, whole)
        && (rest == 0 || ((address[whole] ^ network[whole]) & 0xFF) >> (8 - rest) == 0);
  }

  @Override
  public String toString() {
    return IpLiteral.format(network) + '/' + bits;
  }
}
