package org.cistern.rule;

import java.net.URI;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/** A request as tests write it down. */
public record Asked(String method, Target target, Headers headers) implements Request, Credentials {

  public static Asked get(String uri) {
    URI parsed = URI.create(uri.startsWith("/") ? "http://example.org" + uri : uri);
    String host = parsed.getRawAuthority();
    Target target = new Target(parsed.getScheme(), host, parsed.getRawPath(), parsed.getRawQuery());
    return new Asked("GET", target, Headers.empty());
  }

  /** A target that need not be a URI. */
  public static Asked of(String method, Target target) {
    return new Asked(method, target, Headers.empty());
  }

  public Asked by(String otherMethod) {
    return new Asked(otherMethod, target, headers);
  }

  public Asked with(String name, String value) {
    return new Asked(method, target, headers.toBuilder().add(name, value).build());
  }

  @Override
  public Fields fields() {
    return headers;
  }

  @Override
  public Request request() {
    return this;
  }

  @Override
  public @Nullable String certificate() {
    return null;
  }

  @Override
  public boolean fromTrustedProxy() {
    return false;
  }
}
