package org.cistern.http.forwarding;

import org.jspecify.annotations.Nullable;

/**
 * What the connection itself says of who is at its other end.
 *
 * @param address the IP address, without brackets or port (from the PROXY protocol, where that is
 *     spoken)
 * @param scheme {@code https} where the connection is encrypted, else {@code http}
 * @param host the value of Host or {@code :authority}, or null where there is none
 */
public record Peer(String address, String scheme, @Nullable String host) {}
