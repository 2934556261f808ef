package org.cistern.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.rule.Key;

/**
 * A row under a key's ids, without its value.
 *
 * @param id the key's own, and which of its variants
 * @param key its text, for another may share the ids
 * @param variant tells the key's variants apart
 * @param seq the place in the order of storing
 * @param expires in milliseconds since 1970
 * @param asking of two columns, {@code asked} and {@code position}
 */
record VariantRow(long id, String key, String variant, long seq, long expires, Asking asking) {

  private static final long DEAD = 0;

  static VariantRow of(ResultSet row) throws SQLException {
    return new VariantRow(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        new Asking(row.getLong(6), row.getLong(7)));
  }

  /**
   * Tells whether a row would make way for an answer that was asked for earlier, and did not just
   * expire: one that says that there is nothing counts too.
   */
  static boolean hasLater(List<VariantRow> rows, Key key, Answer added, long now) {
    Asking asked = Asking.of(added);
    String variant = Variants.id(added);
    return rows.stream()
        .filter(row -> row.isAlive(key, now) || row.isDead(key))
        .filter(row -> row.makesWayFor(variant))
        .anyMatch(row -> row.asking.isLaterThan(asked, now));
  }

  /**
   * Returns the rows that stay beside a new answer, newest first: alive, and not its forerunners.
   */
  static List<VariantRow> staying(
      List<VariantRow> rows, Key key, Answer added, int maxVariants, long now) {
    String variant = Variants.id(added);
    return rows.stream()
        .filter(row -> row.isAlive(key, now) && !row.makesWayFor(variant))
        .sorted(Comparator.comparingLong(VariantRow::seq).reversed())
        .limit(Math.max(1, Math.min(maxVariants, EntryId.VARIANTS)) - 1)
        .toList();
  }

  private boolean isAlive(Key of, long now) {
    return key.equals(of.text()) && expires > now;
  }

  /** An answer that never lived takes the place of what is not to be found any more. */
  private boolean isDead(Key of) {
    return key.equals(of.text()) && expires == DEAD;
  }

  private boolean makesWayFor(String added) {
    return variant.isEmpty() || variant.equals(added);
  }

  /**
   * Returns the place in the order of storing that follows these, replaced ones too: a reader that
   * holds one of them must not take its successor for it. Where there are none it begins with the
   * time, for there may have been some.
   */
  static long next(List<VariantRow> rows, long now) {
    return Math.max(now, rows.stream().mapToLong(VariantRow::seq).max().orElse(-1) + 1);
  }

  /** Returns a row id of the key that none of these has. */
  static long free(long first, List<VariantRow> staying) {
    BitSet taken = new BitSet();
    staying.forEach(row -> taken.set((int) (row.id - first)));
    return first + taken.nextClearBit(0);
  }
}
