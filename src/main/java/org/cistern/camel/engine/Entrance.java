package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.cistern.http.Client;
import org.cistern.http.Fields;
import org.cistern.http.Forwarded;
import org.cistern.http.ForwardingNotation;
import org.cistern.http.HopByHop;
import org.cistern.http.Peer;
import org.cistern.http.TargetOutcome;
import org.cistern.http.TargetParser;
import org.cistern.http.TargetRefusal;
import org.cistern.http.TrustedProxies;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a request who asks and for what.
 *
 * @param trusted the proxies whose word is taken
 * @param notation what these proxies write
 */
record Entrance(TrustedProxies trusted, ForwardingNotation notation) {

  private static final String HOST = "host";

  /** Returns who asks. */
  Client client(HttpServerRequest request, Fields fields) {
    String scheme = request.isSSL() ? "https" : "http";
    String address = request.remoteAddress().hostAddress();
    Peer peer = new Peer(address, scheme, authority(request));
    return trusted.isEmpty()
        ? new Client(address, scheme, peer.host(), address, false)
        : Forwarded.client(fields, peer, trusted, notation);
  }

  /** Returns what is asked for, or why the request is refused. */
  static TargetOutcome target(HttpServerRequest request, Client client) {
    if (request.headers().getAll(HOST).size() > 1) {
      return TargetRefusal.HOST_INVALID;
    }
    return TargetParser.parse(
        request.method().name(), client.scheme(), client.host(), request.uri());
  }

  /** Tells whether the request's own Connection field asks to take its frame off. */
  static boolean framingListed(HttpServerRequest request, Fields fields) {
    return request.headers().contains("connection") && HopByHop.nominated(fields).refused();
  }

  private static @Nullable String authority(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HOST);
    if (!hosts.isEmpty()) {
      return hosts.get(0);
    }
    return request.authority() == null ? null : request.authority().toString();
  }
}
