package org.cistern.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one request in the order sent (RFC 6265 section 4.2), read leniently: a semicolon
 * ends a cookie even inside quotes, so that no value can pretend to be another cookie; names keep
 * their case, values their quotes.
 *
 * @param pairs the cookies, equal names included
 */
public record Cookies(List<Cookie> pairs) {

  private static final Cookies NONE = new Cookies(List.of());

  public Cookies {
    pairs = List.copyOf(pairs);
  }

  /**
   * One cookie.
   *
   * @param name its name; empty for what stands without an equals sign
   * @param value its value as sent
   */
  public record Cookie(String name, String value) {}

  /** Returns the cookies of all Cookie lines; HTTP/2 may split them (RFC 9113 section 8.2.3). */
  public static Cookies of(Fields fields) {
    if (!fields.has("Cookie")) {
      return NONE;
    }
    List<Cookie> pairs = new ArrayList<>();
    for (String line : fields.all("Cookie")) {
      read(line, pairs);
    }
    return new Cookies(pairs);
  }

  /** Returns the cookies of one line. */
  public static Cookies parse(String line) {
    List<Cookie> pairs = new ArrayList<>();
    read(line, pairs);
    return new Cookies(pairs);
  }

  private static void read(String line, List<Cookie> pairs) {
    int from = 0;
    while (from < line.length()) {
      int semicolon = line.indexOf(';', from);
      int end = semicolon < 0 ? line.length() : semicolon;
      add(line.substring(from, end).strip(), pairs);
      from = end + 1;
    }
  }

  private static void add(String pair, List<Cookie> pairs) {
    if (!pair.isEmpty()) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      pairs.add(new Cookie(name, pair.substring(equals + 1).strip()));
    }
  }

  /** Tells whether there is none. */
  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  /** Returns the value of the first cookie with this name, or null where there is none. */
  public @Nullable String value(String name) {
    for (Cookie pair : pairs) {
      if (pair.name().equals(name)) {
        return pair.value();
      }
    }
    return null;
  }

  /**
   * Returns the values of all cookies with this name. A cache key has to hold them all: of two
   * equal names one origin takes the first, another the last.
   */
  public List<String> values(String name) {
    return pairs.stream().filter(pair -> pair.name().equals(name)).map(Cookie::value).toList();
  }

  /** Returns the cookies whose names the test does not accept. */
  public Cookies without(Predicate<String> names) {
    return new Cookies(pairs.stream().filter(pair -> !names.test(pair.name())).toList());
  }

  /** Returns the cookies as one line. */
  public String line() {
    List<String> texts = pairs.stream().map(Cookies::text).toList();
    return String.join("; ", texts);
  }

  private static String text(Cookie pair) {
    return pair.name().isEmpty() ? pair.value() : pair.name() + '=' + pair.value();
  }
}
