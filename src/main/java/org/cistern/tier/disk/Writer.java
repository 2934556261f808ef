package org.cistern.tier.disk;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cistern.tier.Level;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;

/**
 * The one thread that changes {@code entries.db}: it takes work off the queue in batches, a
 * transaction each, and tidies up when there is none. What fails is reported and not tried again.
 */
final class Writer implements Runnable {

  private static final long IDLE_MILLIS = 1000;

  private final Sessions sessions;
  private final Gate gate;
  private final WorkQueue queue;
  private final InstantSource clock;
  private final TierEvents events;
  private volatile boolean closing;
  private volatile boolean hurried;
  private volatile boolean ended;

  Writer(Sessions sessions, Gate gate, WorkQueue queue, InstantSource clock, TierEvents events) {
    this.sessions = sessions;
    this.gate = gate;
    this.queue = queue;
    this.clock = clock;
    this.events = events;
  }

  /** Lets it end once the queue is empty. */
  void close() {
    closing = true;
  }

  /** Lets it end after the batch it is at. */
  void hurry() {
    hurried = true;
  }

  /** Reports what nobody will do any more, where it has ended. */
  void refuseWhatIsLate() {
    if (ended) {
      queue.drain().forEach(work -> report(work, Stored.FAILED));
    }
  }

  @Override
  public void run() {
    sessions.present();
    while (!hurried && !(closing && queue.isEmpty())) {
      step();
    }
    sessions.end();
    ended = true;
    queue.drain().forEach(work -> report(work, Stored.DROPPED));
  }

  private void step() {
    try {
      List<Work> batch = queue.next(IDLE_MILLIS);
      if (batch.isEmpty()) {
        tidy();
      } else {
        work(batch);
      }
    } catch (InterruptedException e) {
      hurried = true;
    }
  }

  private void work(List<Work> batch) {
    List<Work> together = new ArrayList<>(batch.size());
    for (Work work : batch) {
      if (work.startsAnew()) {
        commit(together);
        together.clear();
        report(work, work.startAnew(sessions, gate.generation()));
      } else {
        together.add(work);
      }
    }
    commit(together);
  }

  private void commit(List<Work> works) {
    Session session = works.isEmpty() ? null : sessions.present();
    List<Stored> outcomes = Collections.nCopies(works.size(), Stored.FAILED);
    if (session != null) {
      try {
        outcomes = session.commit(works);
        sessions.changed(session);
      } catch (SQLException | RuntimeException e) {
        sessions.recover(session, e);
      }
    }
    report(works, outcomes);
  }

  private void tidy() {
    Session session = sessions.present();
    if (session == null) {
      return;
    }
    try {
      session.tidy(clock.millis());
      sessions.changed(session);
    } catch (SQLException | RuntimeException e) {
      sessions.recover(session, e);
    }
  }

  private void report(List<Work> works, List<Stored> outcomes) {
    int added = 0;
    for (int i = 0; i < works.size(); i++) {
      added += works.get(i).adds() && outcomes.get(i) == Stored.DONE ? 1 : 0;
      report(works.get(i), outcomes.get(i));
    }
    if (added > 0) {
      events.committed(Level.L3, added);
    }
  }

  private void report(Work work, Stored outcome) {
    if (work.adds()) {
      events.stored(Level.L3, outcome);
    }
    work.done().complete(outcome);
  }
}
