package org.cistern.http.forwarding;

import java.util.List;
import org.cistern.http.IpLiteral;
import org.jspecify.annotations.Nullable;

/** The proxies before us whose word on the client's address, scheme and host is believed. */
public final class TrustedProxies {

  private static final TrustedProxies NOBODY = new TrustedProxies(List.of());

  private final List<AddressBlock> blocks;

  private TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = blocks;
  }

  /** Returns the list that trusts nobody. */
  public static TrustedProxies nobody() {
    return NOBODY;
  }

  /**
   * Returns the list of the given addresses and blocks, IPv4 or IPv6 ({@code 10.0.0.0/8}, {@code
   * ::1}); blank ones are passed over.
   *
   * @throws IllegalArgumentException with a sentence that names the one that is not valid, and why
   */
  public static TrustedProxies of(List<String> blocks) {
    return new TrustedProxies(
        blocks.stream()
            .map(String::strip)
            .filter(block -> !block.isEmpty())
            .map(AddressBlock::parse)
            .toList());
  }

  /** Tells whether nobody is trusted, so that forwarding fields need not be looked at. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /**
   * Tells whether this address, without brackets or port, is trusted; text that is no address is
   * not, nor is null, for a peer behind a local socket has none. No name is ever looked up. A zone
   * ({@code %eth0}) has no bearing.
   */
  public boolean trusts(@Nullable String address) {
    if (blocks.isEmpty() || address == null) {
      return false;
    }
    int zone = address.indexOf('%');
    byte[] bytes = IpLiteral.parse(zone < 0 ? address : address.substring(0, zone));
    return bytes != null && contains(bytes);
  }

  private boolean contains(byte[] address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
