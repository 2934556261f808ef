package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules whose patterns have stars in mid-segment ({@code img-*}, {@code *.css}), by the longer
 * of their fixed ends; every length of an end is a table of its own. What has no fixed end is tried
 * one by one.
 */
final class AffixIndex {

  private final Table[] heads;
  private final Table[] tails;
  private final @Nullable RuleList rest;

  private record Table(int length, RegionTable<RuleList> rules) {

    @Nullable RuleList at(String path, int from) {
      int to = from + length;
      return from < 0 || to > path.length() ? null : rules.get(path, from, to);
    }
  }

  /**
   * A rule that a branch cannot place by whole segments.
   *
   * @param head what the next segment of every path begins with
   */
  record Loose(CompiledRule rule, String head) {

    String tail() {
      return rule.pattern().suffix();
    }

    boolean byHead() {
      return !head.isEmpty() && head.length() >= tail().length();
    }

    boolean byTail() {
      return !byHead() && !tail().isEmpty();
    }
  }

  AffixIndex(List<Loose> rules) {
    Map<Integer, Map<String, List<CompiledRule>>> byHead = new TreeMap<>();
    Map<Integer, Map<String, List<CompiledRule>>> byTail = new TreeMap<>();
    List<CompiledRule> others = new ArrayList<>();
    for (Loose loose : rules) {
      if (loose.byHead()) {
        enter(byHead, loose.head(), loose.rule());
      } else if (loose.byTail()) {
        enter(byTail, loose.tail(), loose.rule());
      } else {
        others.add(loose.rule());
      }
    }
    this.heads = tables(byHead);
    this.tails = tables(byTail);
    this.rest = others.isEmpty() ? null : RuleList.of(others);
  }

  private static void enter(
      Map<Integer, Map<String, List<CompiledRule>>> byLength, String affix, CompiledRule rule) {
    byLength
        .computeIfAbsent(affix.length(), length -> new HashMap<>())
        .computeIfAbsent(affix, key -> new ArrayList<>())
        .add(rule);
  }

  private static Table[] tables(Map<Integer, Map<String, List<CompiledRule>>> byLength) {
    List<Table> tables = new ArrayList<>();
    byLength.forEach((length, rules) -> tables.add(table(length, rules)));
    return tables.toArray(new Table[0]);
  }

  private static Table table(int length, Map<String, List<CompiledRule>> rules) {
    Map<String, RuleList> entries = new HashMap<>();
    rules.forEach((affix, all) -> entries.put(affix, RuleList.of(all)));
    return new Table(length, new RegionTable<>(entries));
  }

  /** Returns the first rule that fits, or what was found before if that is earlier. */
  <T> @Nullable CompiledRule find(
      String path, int from, Question<T> question, T asked, @Nullable CompiledRule found) {
    CompiledRule best = RuleList.first(rest, path, question, asked, found);
    for (Table table : heads) {
      RuleList rules = table.at(path, from);
      best = RuleList.first(rules, path, question, asked, best);
    }
    for (Table table : tails) {
      RuleList rules = table.at(path, path.length() - table.length());
      best = RuleList.first(rules, path, question, asked, best);
    }
    return best;
  }
}
