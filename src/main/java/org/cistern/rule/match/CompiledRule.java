package org.cistern.rule.match;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cistern.http.Fields;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.rule.Rule;

/** A rule as the matcher asks it, with its place in the order. */
final class CompiledRule {

  private static final String GET = "GET";
  private static final String HEAD = "HEAD";

  private final int index;
  private final Rule rule;
  private final PathPattern pattern;
  private final String[] methods;
  private final HostPattern[] hosts;
  private final Field[] fields;

  /** The methods are GET and HEAD, and there is no other condition: as in most rules. */
  private final boolean usual;

  /**
   * Compiles a rule.
   *
   * @param index its place in the order; the lower wins
   * @throws IllegalArgumentException where the path pattern is none
   */
  CompiledRule(int index, Rule rule) {
    this.index = index;
    this.rule = rule;
    this.pattern = PathPattern.of(rule.when().path());
    this.methods = methods(rule.when().methods());
    this.hosts = rule.when().hosts().stream().map(HostPattern::new).toArray(HostPattern[]::new);
    this.fields = fields(rule.when().headers());
    this.usual =
        hosts.length == 0 && fields.length == 0 && List.of(methods).equals(List.of(GET, HEAD));
  }

  int index() {
    return index;
  }

  Rule rule() {
    return rule;
  }

  PathPattern pattern() {
    return pattern;
  }

  /** Tells whether the methods are GET and HEAD, and there is no condition beside the path. */
  boolean usual() {
    return usual;
  }

  /** Tells whether usual rules accept the request. */
  static boolean isUsual(Request request) {
    return GET.equals(request.method()) || HEAD.equals(request.method());
  }

  /** A field and what one of its lines must be like. */
  record Field(String name, Wildcard value) {

    boolean in(Fields fields) {
      if (!fields.has(name)) {
        return false;
      }
      for (String line : fields.all(name)) {
        if (value.matches(line)) {
          return true;
        }
      }
      return false;
    }

    /** Tells whether what the other asks for is at least what this one asks for. */
    boolean impliedBy(Field other) {
      return name.equalsIgnoreCase(other.name) && value.covers(other.value);
    }
  }

  private static String[] methods(Set<String> named) {
    Set<String> methods = new TreeSet<>(named);
    if (named.contains(GET)) {
      methods.add(HEAD);
    }
    return methods.toArray(new String[0]);
  }

  private static Field[] fields(List<Rule.FieldPattern> named) {
    return named.stream()
        .map(field -> new Field(field.name(), new Wildcard(field.value())))
        .toArray(Field[]::new);
  }

  /** Tells whether all but the path is as the rule wants it. */
  boolean accepts(Request request) {
    if (usual) {
      return isUsual(request);
    }
    return acceptsMethod(request.method())
        && acceptsHost(request.target().host())
        && acceptsFields(request.fields());
  }

  /** Tells whether the rule keeps answers of this host. */
  boolean keeps(Target target) {
    return rule.keep().store() && acceptsHost(target.host());
  }

  private boolean acceptsMethod(String method) {
    for (String each : methods) {
      if (each.equals(method)) {
        return true;
      }
    }
    return false;
  }

  private boolean acceptsHost(String host) {
    for (HostPattern each : hosts) {
      if (each.matches(host)) {
        return true;
      }
    }
    return hosts.length == 0;
  }

  private boolean acceptsFields(Fields fields) {
    for (Field each : this.fields) {
      if (!each.in(fields)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells of a rule whose pattern covers the other's: whether requests for at least one method and
   * host that the other names never pass this rule by.
   */
  boolean hides(CompiledRule other) {
    return sharesMethod(other)
        && (hosts.length == 0 || sharesHost(other))
        && impliedFieldsOf(other);
  }

  /**
   * Tells of a rule whose pattern covers the other's: whether it speaks of every request that the
   * other speaks of.
   */
  boolean covers(CompiledRule other) {
    return List.of(methods).containsAll(List.of(other.methods))
        && (hosts.length == 0 || allHostsOf(other))
        && impliedFieldsOf(other);
  }

  /**
   * Tells of a rule whose pattern covers the other's, and that does not hide it: whether it takes
   * requests from it nevertheless, by a host or a field that the other does not ask for.
   */
  boolean takesSomeOf(CompiledRule other) {
    boolean someHost = hosts.length == 0 || other.hosts.length == 0 || sharesHost(other);
    return sharesMethod(other) && someHost && !hides(other);
  }

  private boolean sharesMethod(CompiledRule other) {
    return List.of(other.methods).stream().anyMatch(this::acceptsMethod);
  }

  private boolean sharesHost(CompiledRule other) {
    return List.of(other.hosts).stream().anyMatch(this::coversHost);
  }

  private boolean allHostsOf(CompiledRule other) {
    return other.hosts.length > 0 && List.of(other.hosts).stream().allMatch(this::coversHost);
  }

  private boolean coversHost(HostPattern host) {
    return List.of(hosts).stream().anyMatch(each -> each.covers(host));
  }

  private boolean impliedFieldsOf(CompiledRule other) {
    return List.of(fields).stream()
        .allMatch(mine -> List.of(other.fields).stream().anyMatch(mine::impliedBy));
  }
}
