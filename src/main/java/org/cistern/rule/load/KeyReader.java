package org.cistern.rule.load;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.rule.KeyStrategy;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.QueryMode;
import org.jspecify.annotations.Nullable;

/** Reads how a rule's answers are keyed. */
final class KeyReader {

  private static final Set<String> BARE_PARTS = Set.of("path", "query", "user");
  private static final Set<String> NAMED_PARTS = Set.of("header", "cookie", "param");
  private static final Set<String> NAMED_SOURCES = Set.of("header", "cookie", "param", "claim");
  private static final String CERTIFICATE = "certificate";

  private final GroupReader in;

  KeyReader(GroupReader in) {
    this.in = in;
  }

  Rule.KeyShape read() {
    GroupReader varyOn = in.group(Vocabulary.VARY_ON);
    return new Rule.KeyShape(
        in.constant(Vocabulary.KEY_STRATEGY, KeyStrategy.class),
        in.onOff(Vocabulary.USER_SPECIFIC),
        query(),
        in.list(Vocabulary.KEY_PARTS, KeyReader::part),
        in.onOff(Vocabulary.BODY),
        names(varyOn, Vocabulary.VARY_ON_HEADERS),
        names(varyOn, Vocabulary.VARY_ON_COOKIES),
        identity(),
        ignoredCookies());
  }

  private static List<String> names(@Nullable GroupReader group, Vocabulary field) {
    return group == null ? List.of() : group.list(field, HttpWords::name);
  }

  private Rule.QueryShape query() {
    if (in.raw(Vocabulary.QUERY) instanceof Value.Mapping mapping) {
      return query(new GroupReader(mapping, Vocabulary.QUERY, in.problems()));
    }
    List<String> words = List.of("all", "sorted");
    String mode =
        in.optional(
            Vocabulary.QUERY,
            value -> {
              if (value instanceof Value.Scalar scalar && words.contains(scalar.text())) {
                return scalar.text();
              }
              String allowed = "; allowed are all, sorted, {allow: [names]}, {drop: [names]}";
              throw new Unreadable(value, "is " + value.shown() + allowed);
            });
    boolean sorted = "sorted".equals(mode);
    return new Rule.QueryShape(sorted ? QueryMode.SORTED : QueryMode.ALL, Set.of());
  }

  private Rule.QueryShape query(GroupReader group) {
    boolean allow = group.has(Vocabulary.QUERY_ALLOW);
    if (allow == group.has(Vocabulary.QUERY_DROP)) {
      in.error(Vocabulary.QUERY, "needs either 'allow' or 'drop', with a list of names");
    }
    Vocabulary field = allow ? Vocabulary.QUERY_ALLOW : Vocabulary.QUERY_DROP;
    Set<String> names = new HashSet<>(group.list(field, Scalars::text));
    return new Rule.QueryShape(allow ? QueryMode.ALLOW : QueryMode.DROP, names);
  }

  private static String part(Value value) {
    return BARE_PARTS.contains(Scalars.text(value))
        ? Scalars.text(value)
        : named(value, NAMED_PARTS, Vocabulary.KEY_PARTS);
  }

  private List<IdentitySource> identity() {
    List<IdentitySource> sources = in.list(Vocabulary.IDENTITY, KeyReader::source);
    boolean empty =
        in.raw(Vocabulary.IDENTITY) instanceof Value.Sequence all && all.items().isEmpty();
    if (empty) {
      in.error(Vocabulary.IDENTITY, "is an empty list; nobody would be known");
    }
    return sources;
  }

  private static IdentitySource source(Value value) {
    if (Scalars.text(value).equals(CERTIFICATE)) {
      return new IdentitySource(IdentitySource.Kind.CERTIFICATE, "");
    }
    String text = named(value, NAMED_SOURCES, Vocabulary.IDENTITY);
    int colon = text.indexOf(':');
    String kind = text.substring(0, colon).toUpperCase(Locale.ROOT);
    return new IdentitySource(IdentitySource.Kind.valueOf(kind), text.substring(colon + 1));
  }

  private static String named(Value value, Set<String> kinds, Vocabulary field) {
    String text = Scalars.text(value);
    int colon = text.indexOf(':');
    if (colon < 0 || !kinds.contains(text.substring(0, colon))) {
      throw new Unreadable(value, "is " + value.shown() + "; a " + field.type() + " is needed");
    }
    Value name = new Value.Scalar(text.substring(colon + 1), Value.Scalar.Kind.TEXT, value.place());
    boolean free = text.startsWith("param:") || text.startsWith("claim:");
    return text.substring(0, colon + 1) + (free ? Scalars.text(name) : HttpWords.name(name));
  }

  private Rule.IgnoredCookies ignoredCookies() {
    GroupReader group = in.group(Vocabulary.COOKIES);
    if (group == null) {
      return new Rule.IgnoredCookies(false, List.of());
    }
    if (group.raw(Vocabulary.COOKIES_IGNORE) instanceof Value.Scalar scalar
        && scalar.text().equals("all")) {
      return new Rule.IgnoredCookies(true, List.of());
    }
    return new Rule.IgnoredCookies(false, group.list(Vocabulary.COOKIES_IGNORE, HttpWords::name));
  }
}
