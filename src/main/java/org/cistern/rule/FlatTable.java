package org.cistern.rule;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rules by the whole segments that their patterns begin with, in flat columns. A path is read once,
 * and wherever a segment ends, the table is asked for what was read so far.
 *
 * <p>By each place there are a mark (a piece of the hash, 0 where nothing is), a rule, and a cell
 * with what the pattern says. Marks stay near the processor, however many rules there are; rule and
 * cell may be far away, but where they are follows from the hash, so that both are fetched at once.
 * A mark is only a hint: the path is always compared.
 */
final class FlatTable {

  /** One for each character of a hash: their products are added, so none waits for the last. */
  private static final int[] FACTORS = new SplittableRandom(1).ints(64).toArray();

  private final int mask;
  private final byte[] marks;
  private final @Nullable CompiledRule[] rules;
  private final FlatCells cells;
  private final int longest;

  FlatTable(List<CompiledRule> rules) {
    int size = Integer.highestOneBit(Math.max(1, rules.size())) * 4;
    this.mask = size - 1;
    this.marks = new byte[size];
    this.rules = new CompiledRule[size];
    this.cells = new FlatCells(size);
    this.longest = rules.stream().mapToInt(r -> r.pattern().beginning().length()).max().orElse(0);
    rules.forEach(this::enter);
  }

  private void enter(CompiledRule rule) {
    int hash = hash(rule.pattern().beginning());
    int at = hash & mask;
    while (marks[at] != 0) {
      at = (at + 1) & mask;
    }
    marks[at] = mark(hash);
    rules[at] = rule;
    cells.enter(at, rule.pattern());
  }

  /** Returns the first rule that fits and answers the question, or null. */
  <T> @Nullable CompiledRule find(String path, RuleTree.Question<T> question, T asked) {
    int end = Math.min(path.length(), longest);
    CompiledRule found = null;
    int sum = 0;
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        found = findAt(mixed(sum), path, i, question, asked, found);
      }
      sum += c * FACTORS[i & 63];
    }
    return findAt(mixed(sum), path, end, question, asked, found);
  }

  private <T> @Nullable CompiledRule findAt(
      int hash,
      String path,
      int to,
      RuleTree.Question<T> question,
      T asked,
      @Nullable CompiledRule found) {
    CompiledRule best = found;
    for (int at = hash & mask; marks[at] != 0; at = (at + 1) & mask) {
      CompiledRule rule = rules[at];
      if (marks[at] == mark(hash)
          && rule != null
          && cells.fit(at, rule.pattern(), path, to)
          && (best == null || rule.index() < best.index())
          && question.answeredBy(rule, asked)) {
        best = rule;
      }
    }
    return best;
  }

  private static int hash(String text) {
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
