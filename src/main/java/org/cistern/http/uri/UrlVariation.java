package org.cistern.http.uri;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cistern.http.Fields;
import org.cistern.http.structured.StructuredDictionary;
import org.cistern.http.structured.StructuredValue;
import org.cistern.http.structured.StructuredValue.Bool;
import org.cistern.http.structured.StructuredValue.Inner;
import org.cistern.http.structured.StructuredValue.Member;
import org.jspecify.annotations.Nullable;

/**
 * What of a query tells a path's answers apart, as {@code No-Vary-Search} says it
 * (draft-ietf-httpbis-no-vary-search, the "URL variation config"). Immutable; two are equal where
 * they say the same.
 *
 * <p>Two queries are taken for one only where the draft does so, and not always then: a query that
 * origins read in different ways stands for itself alone, and so do spellings of one name that some
 * take for another. That costs hits and nothing else.
 */
public final class UrlVariation {

  private static final String NAME = "No-Vary-Search";

  /** A longer one, in characters of {@link #text}, is as good as none: it would be in each key. */
  private static final int LONGEST = 1000;

  private final boolean anyOrder;
  private final boolean only;
  private final Set<String> names;
  private final Set<String> families;
  private final String text;

  private UrlVariation(boolean anyOrder, boolean only, Set<String> names) {
    this.anyOrder = anyOrder;
    this.only = only;
    this.names = Set.copyOf(names);
    this.families = ParameterNames.families(names);
    this.text = text(anyOrder, only, names);
  }

  private static String text(boolean anyOrder, boolean only, Set<String> names) {
    StringBuilder text = new StringBuilder(anyOrder ? "any-order " : "");
    text.append(only ? "only " : "but ");
    new TreeSet<>(names).forEach(name -> text.append(FormText.print(name)).append('&'));
    return text.toString();
  }

  /**
   * Returns what a response says, or null where it says nothing, nothing that is well-formed, or
   * what holds without it: the query as sent counts then.
   */
  public static @Nullable UrlVariation of(Fields response) {
    return response.has(NAME) ? parse(response.all(NAME)) : null;
  }

  /** Reads the lines of one field; null as {@link #of} says. */
  public static @Nullable UrlVariation parse(List<String> lines) {
    StructuredDictionary said = StructuredDictionary.parse(lines);
    return said == null ? null : read(said);
  }

  private static @Nullable UrlVariation read(StructuredDictionary said) {
    StructuredValue order = said.get("key-order");
    if (order != null && !(order instanceof Bool)) {
      return null;
    }
    StructuredValue params = said.get("params");
    StructuredValue except = said.get("except");
    // The drafts before the last had "params" alone for "except=()", and wrote it before "except".
    boolean all = params instanceof Bool && !params.isFalse();
    if (except != null && params != null && !all) {
      return null;
    }
    Set<String> names = except != null ? strings(except) : names(params);
    return names == null ? null : made(order, except != null || all, names);
  }

  private static @Nullable Set<String> names(@Nullable StructuredValue params) {
    return params == null || params instanceof Bool ? Set.of() : strings(params);
  }

  private static @Nullable UrlVariation made(
      @Nullable StructuredValue order, boolean only, Set<String> names) {
    boolean anyOrder = order != null && !order.isFalse();
    if (!anyOrder && !only && names.isEmpty()) {
      return null;
    }
    UrlVariation read = new UrlVariation(anyOrder, only, names);
    return read.text.length() > LONGEST ? null : read;
  }

  private static @Nullable Set<String> strings(StructuredValue value) {
    if (!(value instanceof Inner inner)) {
      return null;
    }
    Set<String> strings = new HashSet<>();
    for (Member member : inner.members()) {
      String string = member.value().asText();
      if (string == null) {
        return null;
      }
      strings.add(FormText.decode(string));
    }
    return strings;
  }

  /**
   * Returns a text that is equal for two queries only where they are equivalent. It is printable
   * where the query is.
   *
   * @param query without its question mark, or null where there is none, which is the same as empty
   * @param always parameters that count whatever is said
   * @param sorted the order of the names does not count, whatever is said
   */
  public String normal(@Nullable String query, Set<String> always, boolean sorted) {
    Query read = Query.of(query);
    if (read.isDoubtful()) {
      return "?" + query;
    }
    Set<String> kept = ParameterNames.families(always);
    Query counting = read.where(each -> kept.contains(each.family()) || counts(each));
    return (anyOrder || sorted ? counting.sorted() : counting).decoded();
  }

  private boolean counts(Query.Parameter parameter) {
    return only ? families.contains(parameter.family()) : !names.contains(parameter.name());
  }

  /** Returns what it says, in one spelling, printable. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UrlVariation that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
