package org.cistern.tier.disk;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.cistern.answer.Answer;
import org.cistern.answer.AnswerCodec;
import org.cistern.answer.Decoded;
import org.cistern.answer.Variants;
import org.cistern.http.Fields;
import org.cistern.rule.Key;
import org.cistern.tier.Found;
import org.jspecify.annotations.Nullable;

/** One look-up: goes through the variants of a key and remembers the newest that matches. */
final class Lookup implements Gate.Reading<Found> {

  private static final String VARIANTS =
      "SELECT id, seq, expires, key, file, value FROM entry WHERE id BETWEEN ? AND ?";

  private final Key key;
  private final Fields request;
  private final long now;
  private final Shelf shelf;
  private Found.Miss why = Found.Miss.ABSENT;
  private @Nullable Answer newest;
  private long newestId;
  private long newestSeq;

  Lookup(Key key, Fields request, long now, Shelf shelf) {
    this.key = key;
    this.request = request;
    this.now = now;
    this.shelf = shelf;
  }

  @Override
  public Found on(Sql sql) throws SQLException {
    long first = EntryId.first(key);
    try (ResultSet row = sql.query(VARIANTS, first, EntryId.last(first))) {
      while (row.next()) {
        consider(row, row.getLong(1), row.getLong(2));
      }
    }
    if (newest == null) {
      return Found.miss(why);
    }
    shelf.times.used(newestId, now);
    return Found.hit(newest);
  }

  private void consider(ResultSet row, long id, long seq) throws SQLException {
    if ((newest != null && seq < newestSeq) || !key.text().equals(row.getString(4))) {
      return;
    }
    if (row.getLong(3) <= now) {
      why = Found.Miss.EXPIRED;
      return;
    }
    Answer answer = answer(row, id, seq);
    if (answer != null && Variants.matches(answer, request)) {
      newest = answer;
      newestId = id;
      newestSeq = seq;
    } else if (answer != null && why == Found.Miss.ABSENT) {
      why = Found.Miss.VARIANT;
    }
  }

  private @Nullable Answer answer(ResultSet row, long id, long seq) throws SQLException {
    String file = row.getString(5);
    byte[] value = file == null ? row.getBytes(6) : large(file, id, seq);
    if (value == null) {
      return null;
    }
    Decoded decoded = shelf.codec.decode(value);
    if (decoded.flaw() != null) {
      why = decoded.flaw() == Decoded.Flaw.FOREIGN ? Found.Miss.FOREIGN : Found.Miss.DAMAGED;
      shelf.lost.accept(id, seq);
    }
    return decoded.answer();
  }

  /** A row is lost with its file only; one that cannot be read now may be read later. */
  private byte @Nullable [] large(String file, long id, long seq) {
    try {
      byte[] value = shelf.bodies.read(file);
      if (value == null) {
        shelf.lost.accept(id, seq);
      }
      return value;
    } catch (IOException unreadable) {
      why = Found.Miss.DOWN;
      return null;
    }
  }

  /**
   * What every look-up uses.
   *
   * @param codec reads values
   * @param bodies has the large ones
   * @param times learns which entry was found when
   * @param lost hears of a row, by id and seq, whose value cannot be had
   */
  record Shelf(AnswerCodec codec, BodyFiles bodies, AccessTimes times, LostRow lost) {}

  /** Hears of a row whose value is gone or cannot be read. */
  @FunctionalInterface
  interface LostRow {
    void accept(long id, long seq);
  }
}
