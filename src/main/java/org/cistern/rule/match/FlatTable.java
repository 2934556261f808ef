package org.cistern.rule.match;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Rules by the whole segments that their patterns begin with, in flat columns. A path is read once,
 * as far as the longest of these reaches, and wherever a segment ends the table is asked for what
 * was read so far.
 *
 * <p>By each place there are a mark (a piece of the hash, 0 where nothing is), the number of a
 * rule, and a cell with what the rule says. Marks and numbers of some ten thousand rules stay near
 * the processor; the cell may be far away, but most rules are not touched beside it. A mark is only
 * a hint: the path is always compared.
 */
final class FlatTable {

  /** One for each character of a hash: their products are added, so none waits for the last. */
  private static final int[] FACTORS = new SplittableRandom(1).ints(64).toArray();

  private final CompiledRule[] rules;
  private final byte[] marks;
  private final int[] numbers;
  private final FlatCells cells;
  private final int longest;
  private final int mask;

  /**
   * Makes a table of some rules.
   *
   * @param rules all rules by their numbers
   * @param held those of the table, in any order
   */
  FlatTable(CompiledRule[] rules, List<CompiledRule> held) {
    int size = Integer.highestOneBit(Math.max(1, held.size())) * 4;
    this.rules = rules;
    this.marks = new byte[size];
    this.numbers = new int[size];
    this.cells = new FlatCells(size);
    this.mask = size - 1;
    this.longest = held.stream().mapToInt(r -> r.pattern().beginning().length()).max().orElse(0);
    held.forEach(this::enter);
  }

  private void enter(CompiledRule rule) {
    int hash = hash(rule.pattern().beginning());
    int at = hash & mask;
    while (marks[at] != 0) {
      at = (at + 1) & mask;
    }
    marks[at] = mark(hash);
    numbers[at] = rule.index();
    cells.enter(at, rule);
  }

  /** Returns the number of the first rule that fits and answers the question. */
  <T> int find(String path, Question<T> question, T asked) {
    int end = Math.min(path.length(), longest);
    int found = RuleIndex.NONE;
    int sum = 0;
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        found = findAt(path, i, mixed(sum), question, asked, found);
      }
      sum += c * FACTORS[i & 63];
    }
    return findAt(path, end, mixed(sum), question, asked, found);
  }

  private <T> int findAt(String path, int to, int hash, Question<T> question, T asked, int found) {
    int best = found;
    byte mark = mark(hash);
    for (int at = hash & mask; marks[at] != 0; at = (at + 1) & mask) {
      if (marks[at] == mark && numbers[at] < best && fits(at, path, to, question, asked)) {
        best = numbers[at];
      }
    }
    return best;
  }

  private <T> boolean fits(int at, String path, int to, Question<T> question, T asked) {
    if (cells.isHard(at)) {
      return cells.mayFit(at, to) && fits(rules[numbers[at]], path, question, asked);
    }
    return cells.fits(at, path, to) && question.answeredByUsual(rules, numbers[at], asked);
  }

  private static <T> boolean fits(CompiledRule rule, String path, Question<T> question, T asked) {
    return rule.pattern().matches(path) && question.answeredBy(rule, asked);
  }

  /** What {@link #find} comes to where it has read this text. */
  static int hash(String text) {
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      sum += text.charAt(i) * FACTORS[i & 63];
    }
    return mixed(sum);
  }

  private static int mixed(int sum) {
    int product = (sum ^ (sum >>> 16)) * 0x9E3779B9;
    return product ^ (product >>> 15);
  }

  private static byte mark(int hash) {
    return (byte) (hash >>> 24 | 1);
  }
}
