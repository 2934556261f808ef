package org.cistern.camel.engine;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;
import org.cistern.camel.call.ByUpgrade;
import org.cistern.http.FieldSyntax;
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

  private static boolean isPath(String path) {
    return path.startsWith("/") || path.equals("*");
  }

  /** The parser of HTTP/1 has refused such values; in HTTP/2 they come through (8.2.1). */
  private static boolean breaksOut(MultiMap head) {
    for (Map.Entry<String, String> line : head) {
      if (FieldSyntax.valueProblem(line.getValue()) != null) {
        return true;
      }
    }
    return false;
  }

  /** HTTP/2 frames by itself (RFC 9113 section 8.2.2), and names host and path itself (8.3.1). */
  private static @Nullable String ofStream(HttpServerRequest request, MultiMap head) {
    if (head.contains(HttpHeaders.TRANSFER_ENCODING) || head.contains(HttpHeaders.CONNECTION)) {
      return "HTTP/2 has neither Connection nor Transfer-Encoding.";
    }
    // No other of the names that begin so comes this far (RFC 8441 section 4).
    if (head.contains(":protocol") && !HttpMethod.CONNECT.equals(request.method())) {
      return ":protocol goes with CONNECT alone.";
    }
    String path = request.uri();
    if (path != null && !isPath(path) && !ByUpgrade.is(request)) {
      return ":path does not begin with a slash.";
    }
    if (breaksOut(head)) {
      return "A field's value holds a control character.";
    }
    HostAndPort authority = request.authority();
    String host = head.get(HttpHeaders.HOST);
    boolean differs =
        host != null && authority != null && !host.equalsIgnoreCase(authority.toString());
    return differs ? "Host and :authority name two hosts." : null;
  }
}
