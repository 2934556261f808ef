package org.cistern.camel.engine.body;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the body of a request is a form whose fields are taken out, and of which type. */
enum FormType {
  /** None, or one that comes with a method for which nobody takes them out. */
  NONE,
  /** {@code application/x-www-form-urlencoded}; the route gets it as it is, too. */
  ENCODED,
  /** {@code multipart/form-data}, which may have files. */
  PARTS;

  private static final String BOUNDARY = "boundary=";

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  static FormType of(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null || !METHODS.contains(request.method()) ? NONE : of(type);
  }

  private static FormType of(String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    if (HttpHeaderValues.MULTIPART_FORM_DATA.contentEqualsIgnoreCase(type)) {
      return PARTS;
    }
    return HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.contentEqualsIgnoreCase(type)
        ? ENCODED
        : NONE;
  }

  /** Returns what stands between the parts of a form; empty where its type does not say so. */
  static String boundary(@Nullable String contentType) {
    return Stream.of((contentType == null ? "" : contentType).split(";"))
        .map(String::strip)
        .filter(part -> part.regionMatches(true, 0, BOUNDARY, 0, BOUNDARY.length()))
        .map(part -> unquoted(part.substring(BOUNDARY.length()).strip()))
        .findFirst()
        .orElse("");
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
