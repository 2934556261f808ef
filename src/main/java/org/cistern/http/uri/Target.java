package org.cistern.http.uri;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, normalised: match, key, forward and purge all use this one form.
 *
 * @param scheme {@code http} or {@code https}, lower case
 * @param host host and, where it is not the scheme's default, port; lower case, never empty
 * @param path the normalised path, beginning with a slash; {@code %2F} stays as sent. {@link
 *     #WHOLE_SERVER} alone where OPTIONS asks for the server as a whole
 * @param query the query as sent, without the question mark, or null where there is none
 */
public record Target(String scheme, String host, String path, @Nullable String query)
    implements TargetOutcome {

  /** The path of {@code OPTIONS *} (RFC 9112 section 3.2.4). */
  public static final String WHOLE_SERVER = "*";

  /** Returns the target whose {@link #uri} this is. */
  public static Target ofUri(String uri) {
    int host = uri.indexOf("://") + 3;
    String scheme = uri.substring(0, host - 3);
    int path = uri.indexOf('/', host);
    if (path < 0) {
      return new Target(scheme, uri.substring(host), WHOLE_SERVER, null);
    }
    int mark = uri.indexOf('?', path);
    @Nullable String query = mark < 0 ? null : uri.substring(mark + 1);
    int end = mark < 0 ? uri.length() : mark;
    return new Target(scheme, uri.substring(host, path), uri.substring(path, end), query);
  }

  /** Returns the same without its query. */
  public Target withoutQuery() {
    return query == null ? this : new Target(scheme, host, path, null);
  }

  /** Returns path and query as they stand in a request line. */
  public String pathAndQuery() {
    return query == null ? path : path + '?' + query;
  }

  /** Returns the absolute URI; without a path for the server as a whole. */
  public String uri() {
    if (path.equals(WHOLE_SERVER)) {
      return scheme + "://" + host;
    }
    return scheme + "://" + host + pathAndQuery();
  }
}
