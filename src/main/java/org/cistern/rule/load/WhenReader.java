package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cistern.rule.Rule;
import org.cistern.rule.load.Value.Entry;

/** Reads which requests a rule speaks of. */
final class WhenReader {

  private final GroupReader in;

  WhenReader(GroupReader in) {
    this.in = in;
  }

  Rule.When read() {
    return new Rule.When(path(), methods(), in.list(Vocabulary.HOSTS, HttpWords::host), headers());
  }

  private String path() {
    if (in.lacks(Vocabulary.PATH_PATTERN)) {
      in.error(Vocabulary.PATH_PATTERN, "is missing; every rule needs one, as in /api/**");
    }
    String path = in.optional(Vocabulary.PATH_PATTERN, HttpWords::pathPattern);
    return path == null ? "/" : path;
  }

  private Set<String> methods() {
    List<String> methods = in.list(Vocabulary.METHODS, HttpWords::method);
    boolean empty =
        in.raw(Vocabulary.METHODS) instanceof Value.Sequence all && all.items().isEmpty();
    if (empty) {
      in.error(Vocabulary.METHODS, "is an empty list; the rule would speak of no request");
    }
    return new HashSet<>(methods);
  }

  private List<Rule.FieldPattern> headers() {
    List<Rule.FieldPattern> fields = new ArrayList<>();
    Value value = in.raw(Vocabulary.HEADERS);
    if (value instanceof Value.Mapping mapping) {
      mapping.entries().forEach(entry -> add(fields, entry));
    } else if (value != null) {
      in.error(
          Vocabulary.HEADERS,
          "is " + value.shown() + "; names with values are needed, as in {X-Tenant: \"acme*\"}");
    }
    return fields;
  }

  private void add(List<Rule.FieldPattern> fields, Entry entry) {
    Value.Scalar key = new Value.Scalar(entry.name(), Value.Scalar.Kind.TEXT, entry.place());
    String name = in.attempt(Vocabulary.HEADERS, key, HttpWords::name);
    String value = in.attempt(Vocabulary.HEADERS, entry.value(), Scalars::text);
    if (name != null && value != null) {
      fields.add(new Rule.FieldPattern(name, value));
    }
  }
}
