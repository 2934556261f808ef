package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What the head of a request says of its body (RFC 9112 section 6); HTTP/2 need not say it. */
public final class Announced {

  private Announced() {}

  /** Tells whether there is to be one, which may be empty. */
  public static boolean isBody(HttpServerRequest request) {
    MultiMap head = request.headers();
    return head.contains(HttpHeaders.CONTENT_LENGTH)
        || head.contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** Returns its length in bytes, or -1; the server has refused what is no number. */
  public static long length(HttpServerRequest request) {
    return length(request.getHeader(HttpHeaders.CONTENT_LENGTH));
  }

  private static long length(@Nullable String said) {
    try {
      return said == null ? -1 : Long.parseLong(said);
    } catch (NumberFormatException open) {
      return -1;
    }
  }
}
