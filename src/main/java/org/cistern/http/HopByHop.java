package org.cistern.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that speak of one connection only and therefore are never forwarded and never stored
 * (RFC 9110 section 7.6.1, RFC 9111 section 3.1).
 *
 * <p>Credentials for proxies count among them: RFC 9110 section 11.7 has the first proxy that wants
 * them consume them, and what stands behind a gateway has no business with them. Trailer goes too,
 * because trailers are announced anew where they are written; TE because what we accept is for us
 * to say.
 */
public final class HopByHop {

  private static final Set<String> OF_THE_CACHE =
      Set.of(
          "age",
          "authorization",
          "cache-control",
          "cache-groups",
          "cdn-cache-control",
          "cistern-cache-control",
          "content-encoding",
          "content-location",
          "content-range",
          "content-type",
          "date",
          "expires",
          "no-vary-search",
          "pragma",
          "set-cookie",
          "set-cookie2",
          "surrogate-control",
          "vary",
          "www-authenticate");

  private HopByHop() {}

  /** Tells whether the field is one that is taken off always, whatever Connection lists. */
  public static boolean is(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
      case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
      case 25 -> name.equalsIgnoreCase("Proxy-Authentication-Info");
      default -> false;
    };
  }

  /**
   * Returns what Connection lists besides. A field that is listed but not there has lost nothing
   * and counts as {@link Nomination#HOP}, unless it is one that frames the message.
   */
  public static Nomination nominated(Fields fields) {
    if (!fields.has("Connection")) {
      return Nomination.HOP;
    }
    Nomination worst = Nomination.HOP;
    for (String name : listed(fields)) {
      worst = worst.or(nominated(name, fields));
    }
    return worst;
  }

  private static Nomination nominated(String name, Fields fields) {
    if (isFraming(name)) {
      return Nomination.FRAMING;
    }
    return is(name) || !fields.has(name) ? Nomination.HOP : Nomination.END_TO_END;
  }

  private static boolean isFraming(String name) {
    return name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Content-Length");
  }

  /**
   * Returns the fields without those of this hop and without those that Connection lists. Host and
   * Content-Length stay even where they are listed; see {@link Nomination#FRAMING}.
   */
  public static Headers strip(Fields fields) {
    List<String> listed = listed(fields);
    Headers.Builder kept = Headers.builder();
    fields.each(
        (name, value) -> {
          if (!is(name, listed)) {
            kept.add(name, value);
          }
        });
    return kept.build();
  }

  /**
   * Tells whether the field is taken off a message whose Connection lists these names, as {@link
   * #listed(List)} gives them.
   */
  public static boolean is(String name, List<String> listed) {
    return is(name) || (isListed(name, listed) && !isFraming(name));
  }

  private static boolean isListed(String name, List<String> listed) {
    return !listed.isEmpty() && listed.contains(name.toLowerCase(Locale.ROOT));
  }

  private static List<String> listed(Fields fields) {
    return fields.has("Connection") ? listed(fields.all("Connection")) : List.of();
  }

  /** Returns the names, in lower case, that lines of Connection list. */
  public static List<String> listed(List<String> connection) {
    List<String> names = List.of();
    for (String line : connection) {
      if (!isOption(line)) {
        names = names.isEmpty() ? new ArrayList<>(4) : names;
        addNames(line, names);
      }
    }
    return names;
  }

  /** Tells whether lines of Connection list {@code close} (RFC 9112 section 9.6). */
  public static boolean closes(List<String> connection) {
    for (String line : connection) {
      for (String option : line.split(",", -1)) {
        if (option.strip().equalsIgnoreCase("close")) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Tells whether lines of Connection list a field by which a cache knows what a response is, who
   * may have it, and for how long. Such a response is none for a cache, for the field is gone.
   */
  public static boolean maims(List<String> connection) {
    for (String name : listed(connection)) {
      if (OF_THE_CACHE.contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static void addNames(String line, List<String> names) {
    int from = 0;
    while (from <= line.length()) {
      int comma = line.indexOf(',', from);
      int end = comma < 0 ? line.length() : comma;
      String name = line.substring(from, end).strip();
      if (!isOption(name)) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
      from = end + 1;
    }
  }

  // What is about the connection itself and names no field, as in nearly every message.
  private static boolean isOption(String name) {
    return name.isEmpty() || name.equalsIgnoreCase("keep-alive") || name.equalsIgnoreCase("close");
  }
}
