package org.cistern.camel.engine;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.cistern.http.Fields;
import org.cistern.http.HopByHop;
import org.cistern.http.forwarding.Client;
import org.cistern.http.forwarding.Forwarded;
import org.cistern.http.forwarding.ForwardingNotation;
import org.cistern.http.forwarding.Peer;
import org.cistern.http.forwarding.TrustedProxies;
import org.cistern.http.uri.TargetOutcome;
import org.cistern.http.uri.TargetParser;
import org.cistern.http.uri.TargetRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a request who asks and for what.
 *
 * @param scheme that of every connection: a server speaks TLS on all of them or on none
 * @param trusted the proxies whose word is taken
 * @param notation what these proxies write
 */
record Entrance(String scheme, TrustedProxies trusted, ForwardingNotation notation) {

  /** Returns the lines of Host, which both who asks and what for depend on. */
  static List<String> hosts(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.HOST);
  }

  /** Returns who asks. */
  Client client(HttpServerRequest request, List<String> hosts, Fields fields) {
    String address = address(request);
    Peer peer = new Peer(address, scheme, authority(request, hosts));
    return trusted.isEmpty()
        ? new Client(address, scheme, peer.host(), address, false)
        : Forwarded.client(fields, peer, trusted, notation);
  }

  /** Returns the address at the other end; one that is no IP address is not known to anybody. */
  static String address(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    return address == null ? "unknown" : address;
  }

  /** Returns what is asked for, or why the request is refused. */
  static TargetOutcome target(HttpServerRequest request, List<String> hosts, Client client) {
    if (hosts.size() > 1) {
      return TargetRefusal.HOST_INVALID;
    }
    // CONNECT over HTTP/2 has none.
    String uri = request.uri() == null ? "" : request.uri();
    return TargetParser.parse(request.method().name(), client.scheme(), client.host(), uri);
  }

  /** Tells whether the request's own Connection field asks to take its frame off. */
  static boolean framingListed(HttpServerRequest request, Fields fields) {
    return request.headers().contains(HttpHeaders.CONNECTION)
        && HopByHop.nominated(fields).refused();
  }

  private static @Nullable String authority(HttpServerRequest request, List<String> hosts) {
    if (!hosts.isEmpty()) {
      return hosts.get(0);
    }
    if (request.authority() != null) {
      return request.authority().toString();
    }
    return request.version() == HttpVersion.HTTP_1_0 ? own(request.localAddress()) : null;
  }

  /** HTTP/1.0 knows no Host: it is our address that was asked (RFC 9112 section 3.3). */
  private static @Nullable String own(@Nullable SocketAddress local) {
    String address = local == null ? null : local.hostAddress();
    if (local == null || address == null) {
      return null;
    }
    return (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + local.port();
  }
}
