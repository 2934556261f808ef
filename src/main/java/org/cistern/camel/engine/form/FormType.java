package org.cistern.camel.engine.form;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the body of a request is a form, and of which type. */
enum FormType {
  /** No form. */
  NONE(null),
  /** {@code application/x-www-form-urlencoded}; the route gets it as it is, too. */
  ENCODED(null),
  /** {@code multipart/form-data}, which may have files. */
  PARTS(null),
  /** A form by its type, with a method that has none. */
  MISPLACED("A form comes with POST, PUT, PATCH or DELETE."),
  /** {@code multipart/form-data} that does not say what stands between its parts. */
  UNBOUND("The content type of the form has no boundary.");

  private final @Nullable String fault;

  FormType(@Nullable String fault) {
    this.fault = fault;
  }

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  static FormType of(HttpServerRequest request) {
    FormType type = of(request.getHeader(HttpHeaders.CONTENT_TYPE));
    return type == NONE || METHODS.contains(request.method()) ? type : MISPLACED;
  }

  private static FormType of(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith(HttpHeaderValues.MULTIPART_FORM_DATA.toString())) {
      return type.contains("boundary=") ? PARTS : UNBOUND;
    }
    return type.startsWith(HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.toString())
        ? ENCODED
        : NONE;
  }

  /** Returns a sentence on why such a body is refused, or null where it is not. */
  @Nullable String fault() {
    return fault;
  }

  /** Tells whether its fields and files are to be taken out. */
  boolean isForm() {
    return this == ENCODED || this == PARTS;
  }
}
