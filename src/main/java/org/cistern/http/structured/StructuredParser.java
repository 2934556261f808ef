package org.cistern.http.structured;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cistern.http.structured.StructuredValue.Bool;
import org.cistern.http.structured.StructuredValue.Inner;
import org.cistern.http.structured.StructuredValue.Member;
import org.jspecify.annotations.Nullable;

/**
 * Parses lists and dictionaries of structured fields as RFC 9651 section 4.2 says, step by step.
 * Bare items are {@link StructuredItems}' work. What is not well-formed is null or false, never an
 * exception.
 */
final class StructuredParser {

  private final StructuredItems items;

  StructuredParser(String text) {
    items = new StructuredItems(text);
  }

  /** Returns the lines of one field as one; an empty line has no member. */
  static String joined(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining(","));
  }

  boolean dictionary(Map<String, Member> into) {
    items.skip(" ");
    while (!items.atEnd()) {
      String key = items.key();
      Member member = key == null ? null : entry();
      if (key == null || member == null) {
        return false;
      }
      into.remove(key);
      into.put(key, member);
      if (!nextMember()) {
        return items.atEnd();
      }
    }
    return true;
  }

  boolean list(List<Member> into) {
    items.skip(" ");
    while (!items.atEnd()) {
      Member member = member();
      if (member == null) {
        return false;
      }
      into.add(member);
      if (!nextMember()) {
        return items.atEnd();
      }
    }
    return true;
  }

  /** Goes over a comma to the next member; false at the end, and before what must not be there. */
  private boolean nextMember() {
    items.skip(" \t");
    if (!items.take(',')) {
      return false;
    }
    items.skip(" \t");
    return !items.failAtEnd();
  }

  private @Nullable Member entry() {
    return items.take('=') ? member() : with(Bool.TRUE);
  }

  private @Nullable Member member() {
    StructuredValue value = items.peek() == '(' ? inner() : items.bare();
    return value == null ? null : with(value);
  }

  private @Nullable Member with(StructuredValue value) {
    Map<String, StructuredValue> parameters = parameters();
    return parameters == null ? null : new Member(value, parameters);
  }

  private @Nullable StructuredValue inner() {
    List<Member> members = new ArrayList<>();
    items.take('(');
    while (!items.atEnd()) {
      items.skip(" ");
      if (items.take(')')) {
        return new Inner(members);
      }
      StructuredValue bare = items.bare();
      Member member = bare == null ? null : with(bare);
      if (member == null || (items.peek() != ' ' && items.peek() != ')')) {
        return null;
      }
      members.add(member);
    }
    return null;
  }

  private @Nullable Map<String, StructuredValue> parameters() {
    Map<String, StructuredValue> parameters = new LinkedHashMap<>();
    while (items.take(';')) {
      items.skip(" ");
      String key = items.key();
      StructuredValue value = items.take('=') ? items.bare() : Bool.TRUE;
      if (key == null || value == null) {
        return null;
      }
      parameters.remove(key);
      parameters.put(key, value);
    }
    return parameters;
  }
}
