package org.cistern.rule;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One {@code name=value} of a query, as sent. Names are compared decoded, for that is how an origin
 * reads them: {@code p%61ge=2} must not slip past a rule that counts {@code page}.
 *
 * @param raw the part as sent
 * @param name the decoded name; the raw one where it is not decodable
 */
record QueryPart(String raw, String name) {

  static QueryPart of(String raw) {
    int equals = raw.indexOf('=');
    return new QueryPart(raw, decoded(equals < 0 ? raw : raw.substring(0, equals)));
  }

  private static String decoded(String name) {
    if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private String value() {
    int equals = raw.indexOf('=');
    return equals < 0 ? "" : raw.substring(equals + 1);
  }

  private static List<QueryPart> all(String query) {
    List<QueryPart> parts = new ArrayList<>();
    for (int from = 0; from <= query.length(); ) {
      int and = query.indexOf('&', from);
      int to = and < 0 ? query.length() : and;
      parts.add(of(query.substring(from, to)));
      from = to + 1;
    }
    return parts;
  }

  /** Returns the query with its parts sorted by name; those of one name keep their order. */
  static String sorted(String query) {
    List<QueryPart> parts = all(query);
    parts.sort(Comparator.comparing(QueryPart::name));
    return joined(parts);
  }

  /** Returns the query with the parts whose names are wanted, in their order. */
  static String kept(String query, Predicate<String> wanted) {
    List<QueryPart> parts = all(query);
    parts.removeIf(part -> !wanted.test(part.name()));
    return joined(parts);
  }

  /** Returns the raw values of a name, in their order. */
  static List<String> values(@Nullable String query, String name) {
    return query == null
        ? List.of()
        : all(query).stream()
            .filter(part -> part.name().equals(name))
            .map(QueryPart::value)
            .toList();
  }

  private static String joined(List<QueryPart> parts) {
    return String.join("&", parts.stream().map(QueryPart::raw).toList());
  }
}
