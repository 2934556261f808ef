package org.cistern.http.uri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as a list of parameters, each as sent, for the key of a cache.
 *
 * <p>The origin gets the whole query and reads it in its own way, so a parameter is left out only
 * where no usual way of reading makes another one of it: see {@link Parameter#isDoubtful} and
 * {@link Parameter#family}.
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
      return new Parameter(FormText.decode(rawName(raw)), raw);
    }

    private static String rawName(String raw) {
      int equals = raw.indexOf('=');
      return equals < 0 ? raw : raw.substring(0, equals);
    }

    /** Returns the value as sent, or null where there is no equals sign. */
    public @Nullable String value() {
      int equals = raw.indexOf('=');
      return equals < 0 ? null : raw.substring(equals + 1);
    }

    /**
     * Tells whether origins differ in what they read here: another parameter may begin at a raw
     * semicolon, and a name may be cut, or not be readable at all.
     */
    boolean isDoubtful() {
      return raw.indexOf(';') >= 0 || ParameterNames.isDoubtful(name);
    }

    /** Two equals signs: what is behind them could not be decoded, and stands there as sent. */
    private String decoded() {
      String sent = value();
      String value = sent == null ? "" : FormText.decode(sent);
      return FormText.print(name)
          + (FormText.isMaimed(value) ? "==" + sent : "=" + FormText.print(value));
    }

    String family() {
      return ParameterNames.family(name);
    }

    private String masked() {
      return rawName(raw) + "=***";
    }

    private boolean isWritten(Set<String> names) {
      return names.contains(rawName(raw));
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

  /**
   * Returns the parameters that some origin may read under one of these names, and the doubtful.
   */
  public Query keep(Set<String> names) {
    Set<String> families = ParameterNames.families(names);
    return where(each -> each.isDoubtful() || families.contains(each.family()));
  }

  /** Returns the parameters but for those that have these very names, and no doubt about them. */
  public Query drop(Set<String> names) {
    return where(each -> each.isDoubtful() || !each.isWritten(names));
  }

  /**
   * Returns the query in writing, without the values that some origin may read under one of these
   * names, and without those of the doubtful.
   */
  public String masked(Set<String> names) {
    Set<String> families = ParameterNames.families(names);
    return parameters.stream()
        .map(
            each ->
                each.isDoubtful() || families.contains(each.family()) ? each.masked() : each.raw())
        .collect(Collectors.joining("&"));
  }

  Query where(Predicate<Parameter> wanted) {
    return new Query(filled().filter(wanted).toList());
  }

  /**
   * Returns the parameters in the order of their names; those that some origin may take for one
   * keep their order, which has a meaning. A query with a doubtful one stays as it is.
   */
  public Query sorted() {
    return isDoubtful()
        ? this
        : new Query(filled().sorted(Comparator.comparing(Parameter::family)).toList());
  }

  /** Tells whether origins may differ in which parameters they read here. */
  boolean isDoubtful() {
    return parameters.stream().anyMatch(Parameter::isDoubtful);
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
   * Returns names and values in one spelling: an absent value is an empty one, and escapes make no
   * difference but where they are not UTF-8.
   */
  String decoded() {
    return parameters.stream().map(Parameter::decoded).collect(Collectors.joining("&"));
  }

  /**
   * Returns the parameters joined by ampersands; exactly what was parsed, if nothing was chosen.
   */
  public String text() {
    return parameters.stream().map(Parameter::raw).collect(Collectors.joining("&"));
  }
}
