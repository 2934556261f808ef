package org.cistern.http.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cistern.http.structured.StructuredValue.Member;
import org.jspecify.annotations.Nullable;

/** A dictionary of a structured field (RFC 9651 section 3.2): keys with values, in order. */
public final class StructuredDictionary {

  private final Map<String, Member> members;

  private StructuredDictionary(Map<String, Member> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  /**
   * Reads all lines of a field as one dictionary; of a key given twice the last value counts.
   *
   * @return null where any of it is not well-formed: the whole field is to be ignored then
   */
  public static @Nullable StructuredDictionary parse(List<String> lines) {
    return parse(StructuredParser.joined(lines));
  }

  /** Reads one line; null where it is not well-formed. */
  public static @Nullable StructuredDictionary parse(String text) {
    Map<String, Member> members = new LinkedHashMap<>();
    StructuredParser parser = new StructuredParser(text);
    boolean good = parser.dictionary(members);
    return good ? new StructuredDictionary(members) : null;
  }

  /** Tells whether it has no key. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Returns the keys in order. */
  public Set<String> keys() {
    return members.keySet();
  }

  /** Returns the value of a key, without its parameters, or null where the key is absent. */
  public @Nullable StructuredValue get(String key) {
    Member member = members.get(key);
    return member == null ? null : member.value();
  }

  /** Returns the value of a key with its parameters, or null where the key is absent. */
  public @Nullable Member member(String key) {
    return members.get(key);
  }
}
