package org.cistern.camel.component;

import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.cistern.camel.call.ClientCall;
import org.jspecify.annotations.Nullable;

/** Requests for another protocol on the same connection (RFC 9110 section 7.8). */
final class Upgrades {

  private Upgrades() {}

  /** Returns the protocol that the client wants to change to, or null. */
  static @Nullable String wanted(ClientCall call) {
    if (call.request().version() != HttpVersion.HTTP_1_1) {
      return null;
    }
    String protocol = call.fields().joined("upgrade");
    String connection = call.fields().joined("connection");
    boolean asked = connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    return asked && protocol != null && !protocol.equalsIgnoreCase("h2c") ? protocol : null;
  }
}
