package org.cistern.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules whose patterns have stars in mid-segment ({@code img-*}, {@code *.css}), by the longer
 * of their fixed ends; every length of an end is a table of its own. What has no fixed end is tried
 * one by one.
 */
final class AffixIndex {

  private final Table[] heads;
  private final Table[] tails;
  private final CompiledRule[] rest;

  private record Table(int length, RegionTable<CompiledRule[]> rules) {}

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
    this.rest = others.toArray(new CompiledRule[0]);
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
    byLength.forEach(
        (length, rules) -> {
          Map<String, CompiledRule[]> entries = new HashMap<>();
          rules.forEach((affix, all) -> entries.put(affix, all.toArray(new CompiledRule[0])));
          tables.add(new Table(length, new RegionTable<>(entries)));
        });
    return tables.toArray(new Table[0]);
  }

  /** Returns the index of the first rule that fits, or what was found before if that is earlier. */
  <T> int find(String path, int from, RuleTree.Question<T> question, T asked, int found) {
    int best = first(rest, path, question, asked, found);
    for (Table table : heads) {
      int to = from + table.length();
      best = to > path.length() ? best : in(table, from, to, path, question, asked, best);
    }
    for (Table table : tails) {
      int start = path.length() - table.length();
      best = start < 0 ? best : in(table, start, path.length(), path, question, asked, best);
    }
    return best;
  }

  private static <T> int in(
      Table table,
      int from,
      int to,
      String path,
      RuleTree.Question<T> question,
      T asked,
      int found) {
    CompiledRule[] rules = table.rules().get(path, from, to);
    return rules == null ? found : first(rules, path, question, asked, found);
  }

  private static <T> int first(
      CompiledRule[] rules, String path, RuleTree.Question<T> question, T asked, int found) {
    for (CompiledRule rule : rules) {
      if (rule.index() >= found) {
        return found;
      }
      if (rule.pattern().matches(path) && question.answeredBy(rule, asked)) {
        return rule.index();
      }
    }
    return found;
  }
}
