package org.cistern.rule;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Fields;

/**
 * One cookie of a request (RFC 6265 section 5.4), as sent.
 *
 * @param name the name, case counting; empty where there is no equals sign
 * @param value the value, with its quotation marks where it has any
 */
record CookiePart(String name, String value) {

  private static final String FIELD = "cookie";

  /** Returns the cookies of all lines, in their order. */
  static List<CookiePart> all(Fields fields) {
    if (!fields.has(FIELD)) {
      return List.of();
    }
    List<CookiePart> cookies = new ArrayList<>();
    for (String line : fields.all(FIELD)) {
      for (int from = 0; from < line.length(); ) {
        int semicolon = line.indexOf(';', from);
        int to = semicolon < 0 ? line.length() : semicolon;
        add(cookies, line.substring(from, to).strip());
        from = to + 1;
      }
    }
    return cookies;
  }

  private static void add(List<CookiePart> cookies, String pair) {
    int equals = pair.indexOf('=');
    if (equals >= 0) {
      cookies.add(new CookiePart(pair.substring(0, equals).strip(), pair.substring(equals + 1)));
    } else if (!pair.isEmpty()) {
      cookies.add(new CookiePart("", pair));
    }
  }

  /** Returns the values of a name, in their order. */
  static List<String> values(Fields fields, String name) {
    return all(fields).stream()
        .filter(cookie -> cookie.name().equals(name))
        .map(CookiePart::value)
        .toList();
  }
}
