package org.cistern.http.structured;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.structured.StructuredValue.Member;
import org.jspecify.annotations.Nullable;

/** A list of a structured field (RFC 9651 section 3.1). */
public final class StructuredList {

  private StructuredList() {}

  /**
   * Reads all lines of a field as one list.
   *
   * @return null where any of it is not well-formed: the whole field is to be ignored then
   */
  public static @Nullable List<Member> parse(List<String> lines) {
    List<Member> members = new ArrayList<>();
    return new StructuredParser(StructuredParser.joined(lines)).list(members) ? members : null;
  }

  /** Reads a field whose members are strings; members of another type are left out. */
  public static List<String> strings(List<String> lines) {
    List<Member> members = parse(lines);
    List<String> strings = new ArrayList<>();
    for (Member member : members == null ? List.<Member>of() : members) {
      String text = member.value().asText();
      if (text != null) {
        strings.add(text);
      }
    }
    return strings;
  }
}
