package org.cistern.conformance;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** How many cases passed, per group and kind, beside the peers'. */
final class Score {

  private final Collection<Result> results;
  private final JsonObject peers;

  Score(Collection<Result> results, JsonObject peers) {
    this.results = results;
    this.peers = peers;
  }

  long passed(Case.Kind kind) {
    return results.stream().filter(r -> r.of().kind() == kind && r.passed()).count();
  }

  /** Returns the table as text, and below it each case that did not pass. */
  String table() {
    StringBuilder table = new StringBuilder();
    List<String> names = new ArrayList<>(List.of("cases", "cistern"));
    names.addAll(peers.fieldNames());
    row(table, "group", names);
    for (String group : groups()) {
      counts(table, group, r -> r.of().group().equals(group));
    }
    for (Case.Kind kind : Case.Kind.values()) {
      counts(table, kind.name().toLowerCase(Locale.ROOT), r -> r.of().kind() == kind);
    }
    results.stream().filter(r -> !r.passed()).forEach(r -> missed(table, r));
    return table.toString();
  }

  private Set<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    results.forEach(result -> groups.add(result.of().group()));
    return groups;
  }

  private void counts(StringBuilder table, String name, Predicate<Result> chosen) {
    List<Result> part = results.stream().filter(chosen).toList();
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(part.size()));
    cells.add(Long.toString(part.stream().filter(Result::passed).count()));
    for (String peer : peers.fieldNames()) {
      JsonObject theirs = peers.getJsonObject(peer);
      cells.add(Long.toString(part.stream().filter(r -> passed(theirs, r)).count()));
    }
    row(table, name, cells);
  }

  private static boolean passed(JsonObject theirs, Result result) {
    return Set.of("pass", "yes").contains(theirs.getString(result.of().id(), ""));
  }

  private static void row(StringBuilder table, String name, List<String> cells) {
    table.append(String.format(Locale.ROOT, "%-24s", name));
    cells.forEach(cell -> table.append(String.format(Locale.ROOT, "%20s", cell)));
    table.append('\n');
  }

  private static void missed(StringBuilder table, Result result) {
    table.append(
        String.format(
            Locale.ROOT,
            "%-10s %-10s %s: %s%n",
            result.of().kind().name().toLowerCase(Locale.ROOT),
            result.word(),
            result.of().id(),
            result.why()));
  }
}
