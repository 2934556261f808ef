package org.cistern.camel.engine;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two servers may read in two ways where a request ends, or whom it is for; such a request is
 * refused, since what follows it on the connection may be somebody else's (RFC 9112 section 11.2).
 */
final class Framing {

  private Framing() {}

  /** Returns a sentence on what is wrong, or null where nothing is. */
  static @Nullable String problem(HttpServerRequest request) {
    MultiMap head = request.headers();
    return request.version() == HttpVersion.HTTP_2
        ? ofStream(request, head)
        : ofMessage(request.version(), head);
  }

  private static @Nullable String ofMessage(HttpVersion version, MultiMap head) {
    if (!head.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return null;
    }
    if (version == HttpVersion.HTTP_1_0) {
      return "HTTP/1.0 has no Transfer-Encoding.";
    }
    if (head.contains(HttpHeaders.CONTENT_LENGTH)) {
      return "Content-Length and Transfer-Encoding do not go together.";
    }
    List<String> codings = head.getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked")
        ? null
        : "Transfer-Encoding is not chunked, and nothing else is understood.";
  }

  /** HTTP/2 frames by itself (RFC 9113 section 8.2.2), and names the host itself (8.3.1). */
  private static @Nullable String ofStream(HttpServerRequest request, MultiMap head) {
    if (head.contains(HttpHeaders.TRANSFER_ENCODING) || head.contains(HttpHeaders.CONNECTION)) {
      return "HTTP/2 has neither Connection nor Transfer-Encoding.";
    }
    HostAndPort authority = request.authority();
    String host = head.get(HttpHeaders.HOST);
    boolean differs =
        host != null && authority != null && !host.equalsIgnoreCase(authority.toString());
    return differs ? "Host and :authority name two hosts." : null;
  }
}
