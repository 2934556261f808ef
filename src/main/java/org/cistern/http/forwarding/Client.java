package org.cistern.http.forwarding;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and for which scheme and host, as far as it can be believed.
 *
 * @param address the IP address of the client, or of the last proxy whose word can be checked
 * @param scheme the scheme the client used, {@code http} or {@code https}
 * @param host the host the client asked for, not yet checked, or null where nobody names one
 * @param peer the address at the other end of the connection
 * @param throughTrusted whether that peer is a trusted proxy
 */
public record Client(
    String address, String scheme, @Nullable String host, String peer, boolean throughTrusted) {

  /** Returns the client that the connection shows, nobody's word taken. */
  static Client of(Peer peer, boolean trusted) {
    return new Client(peer.address(), peer.scheme(), peer.host(), peer.address(), trusted);
  }

  /** Returns the client as the proxy at {@link #address} tells it; what it leaves out stays. */
  Client before(ForwardedHop hop) {
    return new Client(
        hop.address() == null ? address : hop.address(),
        hop.scheme() == null ? scheme : hop.scheme(),
        hop.host() == null ? host : hop.host(),
        peer,
        throughTrusted);
  }
}
