package org.cistern.tier.disk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.cistern.tier.Level;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;

/** Remembers what a tier says of itself. */
final class RecordedEvents implements TierEvents {

  final List<String> damaged = new CopyOnWriteArrayList<>();
  final List<Stored> stored = new CopyOnWriteArrayList<>();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong committed = new AtomicLong();

  @Override
  public void stored(Level level, Stored outcome) {
    stored.add(outcome);
  }

  @Override
  public void committed(Level level, int answers) {
    committed.addAndGet(answers);
  }

  @Override
  public void damaged(Level level, String what) {
    damaged.add(what);
  }

  @Override
  public void dropped(Level level, long answers, String why) {
    dropped.addAndGet(answers);
  }
}
