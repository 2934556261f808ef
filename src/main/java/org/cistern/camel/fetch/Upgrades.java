package org.cistern.camel.fetch;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.stream.Stream;
import org.cistern.camel.call.ClientCall;
import org.jspecify.annotations.Nullable;

/** Requests for another protocol on the same connection (RFC 9110 section 7.8). */
public final class Upgrades {

  private Upgrades() {}

  /**
   * Returns the protocol that the client wants to change to, or null. A request with a body is none
   * for another protocol: its body would have to come first, and nobody speaks so.
   */
  public static @Nullable String wanted(ClientCall call) {
    if (hasContent(call)
        || !call.head().contains(HttpHeaders.UPGRADE)
        || call.request().version() != HttpVersion.HTTP_1_1) {
      return null;
    }
    String protocol = call.fields().joined("upgrade");
    return protocol != null && lists(call.fields().joined("connection")) ? first(protocol) : null;
  }

  private static boolean hasContent(ClientCall call) {
    return call.hasBody() && call.length() != 0;
  }

  private static boolean lists(@Nullable String connection) {
    return connection != null
        && Stream.of(connection.split(",", -1))
            .anyMatch(x -> x.strip().equalsIgnoreCase("upgrade"));
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
