package org.cistern.camel.component;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.cistern.camel.call.ClientCall;
import org.jspecify.annotations.Nullable;

/** Requests for another protocol on the same connection (RFC 9110 section 7.8). */
final class Upgrades {

  private Upgrades() {}

  /** Returns the protocol that the client wants to change to, or null. */
  static @Nullable String wanted(ClientCall call) {
    if (!call.head().contains(HttpHeaders.UPGRADE)
        || call.request().version() != HttpVersion.HTTP_1_1) {
      return null;
    }
    String protocol = call.fields().joined("upgrade");
    String connection = call.fields().joined("connection");
    boolean asked = connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    return asked && protocol != null ? first(protocol) : null;
  }

  /** The client's own order counts; HTTP itself is not spoken through. */
  private static @Nullable String first(String protocols) {
    for (String protocol : protocols.split(",", -1)) {
      String name = protocol.strip();
      if (!name.isEmpty() && !name.toLowerCase(Locale.ROOT).startsWith("h2")) {
        return name;
      }
    }
    return null;
  }
}
