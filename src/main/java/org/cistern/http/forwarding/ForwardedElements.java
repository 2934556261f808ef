package org.cistern.http.forwarding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cistern.http.FieldSyntax;
import org.jspecify.annotations.Nullable;

/**
 * One line of a Forwarded field, read once from left to right (RFC 7239 section 4).
 *
 * <p>A line that breaks the grammar anywhere gives no elements at all: a quote that a client leaves
 * open would else swallow what a proxy behind it has written.
 */
final class ForwardedElements {

  private final String line;
  private final List<ForwardedHop> hops = new ArrayList<>();
  private final Map<String, String> pairs = new HashMap<>();
  private int at;

  private ForwardedElements(String line) {
    this.line = line;
  }

  /** Returns the hops of a line in order; only {@link ForwardedHop#UNKNOWN} where it is broken. */
  static List<ForwardedHop> hops(String line) {
    ForwardedElements elements = new ForwardedElements(line);
    return elements.readAll() ? elements.hops : List.of(ForwardedHop.UNKNOWN);
  }

  /** Tells whether a line breaks the grammar. */
  static boolean isBroken(String line) {
    return !new ForwardedElements(line).readAll();
  }

  private boolean readAll() {
    while (at < line.length()) {
      skipBlanks();
      if (at < line.length() && !isDelimiter() && !readPair()) {
        return false;
      }
      skipBlanks();
      if (!readDelimiter()) {
        return false;
      }
    }
    endElement();
    return true;
  }

  private void skipBlanks() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean isDelimiter() {
    return line.charAt(at) == ',' || line.charAt(at) == ';';
  }

  private boolean readDelimiter() {
    if (at == line.length()) {
      return true;
    }
    if (!isDelimiter()) {
      return false;
    }
    if (line.charAt(at) == ',') {
      endElement();
    }
    at++;
    return true;
  }

  private void endElement() {
    if (!pairs.isEmpty()) {
      hops.add(ForwardedHop.of(pairs.get("for"), pairs.get("proto"), pairs.get("host")));
      pairs.clear();
    }
  }

  private boolean readPair() {
    int equals = line.indexOf('=', at);
    String name = equals < 0 ? "" : line.substring(at, equals).toLowerCase(Locale.ROOT);
    if (!FieldSyntax.isToken(name)) {
      return false;
    }
    at = equals + 1;
    String value = at < line.length() && line.charAt(at) == '"' ? readQuoted() : readBare();
    // A name that comes twice in one element has no meaning (RFC 7239 section 4).
    return value != null && pairs.put(name, value) == null;
  }

  // More than a token, since many write addresses with ports and brackets without quotes.
  private String readBare() {
    int start = at;
    while (at < line.length() && " \t,;\"".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return line.substring(start, at);
  }

  private @Nullable String readQuoted() {
    StringBuilder text = new StringBuilder();
    for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
      if (line.charAt(at) == '\\' && ++at == line.length()) {
        return null;
      }
      text.append(line.charAt(at));
    }
    at++;
    return at > line.length() ? null : text.toString();
  }
}
