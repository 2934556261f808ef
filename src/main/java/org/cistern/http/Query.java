package org.cistern.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as a list of parameters, each as sent, for the key of a cache.
 *
 * <p>Parameters are chosen by their decoded name, since {@code %69d} is {@code id} to the origin. A
 * parameter with a raw semicolon is never left out: some origins begin another parameter there.
 *
 * @param parameters the parameters in order, empty ones included
 */
public record Query(List<Parameter> parameters) {

  private static final Query NONE = new Query(List.of());

  public Query {
    parameters = List.copyOf(parameters);
  }

  /**
   * One parameter.
   *
   * @param name the decoded name
   * @param raw name, equals sign and value as sent
   */
  public record Parameter(String name, String raw) {

    private static Parameter of(String raw) {
      int equals = raw.indexOf('=');
      return new Parameter(FormText.decode(equals < 0 ? raw : raw.substring(0, equals)), raw);
    }

    /** Returns the value as sent, or null where there is no equals sign. */
    public @Nullable String value() {
      int equals = raw.indexOf('=');
      return equals < 0 ? null : raw.substring(equals + 1);
    }

    private boolean mayHideAnother() {
      return raw.indexOf(';') >= 0;
    }
  }

  /** Returns the parameters of a query without its question mark; none where it is null. */
  public static Query of(@Nullable String raw) {
    if (raw == null) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    int from = 0;
    for (int end = raw.indexOf('&'); end >= 0; end = raw.indexOf('&', from)) {
      parameters.add(Parameter.of(raw.substring(from, end)));
      from = end + 1;
    }
    parameters.add(Parameter.of(raw.substring(from)));
    return new Query(parameters);
  }

  /** Returns the parameters with these names, and those that may hide another one. */
  public Query keep(Set<String> names) {
    return where(parameter -> names.contains(parameter.name()));
  }

  /** Returns the parameters without these names, and those that may hide another one. */
  public Query drop(Set<String> names) {
    return where(parameter -> !names.contains(parameter.name()));
  }

  private Query where(Predicate<Parameter> wanted) {
    Predicate<Parameter> test = wanted.or(Parameter::mayHideAnother);
    return new Query(filled().filter(test).toList());
  }

  /**
   * Returns the parameters in the order of their decoded names; those of one name keep their order,
   * which has a meaning.
   */
  public Query sorted() {
    return new Query(filled().sorted(Comparator.comparing(Parameter::name)).toList());
  }

  // What stands between two ampersands in a row says nothing.
  private Stream<Parameter> filled() {
    return parameters.stream().filter(parameter -> !parameter.raw().isEmpty());
  }

  /** Returns the parameters with this name, in order. */
  public List<Parameter> all(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).toList();
  }

  /**
   * Returns the parameters joined by ampersands; exactly what was parsed, if nothing was chosen.
   */
  public String text() {
    return String.join("&", parameters.stream().map(Parameter::raw).toList());
  }
}
