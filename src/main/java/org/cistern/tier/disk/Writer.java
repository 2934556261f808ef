package org.cistern.tier.disk;

import java.io.IOException;
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
 * transaction each, and tidies up when there is none. What the disk refuses is reported and not
 * tried again; what fails by itself must not take its batch with it, nor the thread.
 */
final class Writer implements Runnable {

  private static final long IDLE_MILLIS = 1000;

  private final Sessions sessions;
  private final Gate gate;
  private final WorkQueue queue;
  private final InstantSource clock;
  private final Trouble trouble;
  private final TierEvents events;
  private volatile boolean closing;
  private volatile boolean hurried;
  private volatile boolean ended;

  Writer(
      Sessions sessions,
      Gate gate,
      WorkQueue queue,
      InstantSource clock,
      Trouble trouble,
      TierEvents events) {
    this.sessions = sessions;
    this.gate = gate;
    this.queue = queue;
    this.clock = clock;
    this.trouble = trouble;
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
    open();
    while (!hurried && !(closing && queue.isEmpty())) {
      step();
    }
    dropTheRest();
    sessions.end();
    ended = true;
    dropTheRest();
  }

  private void dropTheRest() {
    queue.drain().forEach(work -> report(work, Stored.DROPPED));
  }

  /** At once: look-ups wait for it. */
  private void open() {
    try {
      sessions.present();
    } catch (RuntimeException | Error unexpected) {
      trouble.unwritten(unexpected);
    }
  }

  /** Whatever is thrown, a step has waited for work or has done with some. */
  private void step() {
    List<Work> batch = List.of();
    try {
      batch = queue.next(IDLE_MILLIS);
      sessions.settle();
      if (batch.isEmpty()) {
        tidy();
      } else {
        work(batch);
      }
    } catch (InterruptedException e) {
      hurried = true;
    } catch (RuntimeException | Error unexpected) {
      trouble.unwritten(unexpected);
      batch.stream()
          .filter(work -> !work.done().isDone())
          .forEach(work -> report(work, Stored.FAILED));
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
    if (session == null) {
      refused(works);
    } else {
      commit(session, works);
    }
  }

  private void commit(Session session, List<Work> works) {
    List<Stored> outcomes;
    try {
      outcomes = session.commit(works);
      sessions.changed(session);
    } catch (SQLException e) {
      sessions.recover(session, e);
      trouble.unwritten(e);
      refused(works);
      return;
    } catch (RuntimeException | Error e) {
      sessions.recover(session, e);
      apart(works, e);
      return;
    }
    report(works, outcomes);
    shrink(session);
  }

  /** One of them is to blame: the others go alone. */
  private void apart(List<Work> works, Throwable failure) {
    if (works.size() == 1) {
      trouble.unwritten(failure);
      refused(works);
    } else {
      works.forEach(work -> commit(List.of(work)));
    }
  }

  private void refused(List<Work> works) {
    report(works, Collections.nCopies(works.size(), Stored.FAILED));
  }

  /** What is committed stays so, whatever comes of this. */
  private void shrink(Session session) {
    try {
      session.shrink();
      sessions.changed(session);
    } catch (SQLException | RuntimeException | Error e) {
      sessions.recover(session, e);
    }
  }

  private void tidy() {
    Session session = sessions.present();
    if (session != null && tidied(session) && trouble.mayBeOver()) {
      probe(session);
    }
  }

  private boolean tidied(Session session) {
    try {
      session.tidy(clock.millis());
      sessions.changed(session);
      trouble.unlocked();
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      sessions.recover(session, e);
      return false;
    }
  }

  /** An idle gateway stores nothing by which it would be seen that all is well again. */
  private void probe(Session session) {
    try {
      session.probe(clock.millis());
      trouble.over();
    } catch (SQLException | IOException | RuntimeException | Error e) {
      sessions.recover(session, e);
      trouble.unwritten(e);
    }
  }

  private void report(List<Work> works, List<Stored> outcomes) {
    int added = 0;
    for (int i = 0; i < works.size(); i++) {
      added += works.get(i).adds() && outcomes.get(i) == Stored.DONE ? 1 : 0;
      report(works.get(i), outcomes.get(i));
    }
    if (added > 0) {
      noteWell(outcomes);
      events.committed(Level.L3, added);
    }
  }

  private void noteWell(List<Stored> outcomes) {
    if (!outcomes.contains(Stored.FAILED)) {
      trouble.over();
    }
  }

  private void report(Work work, Stored outcome) {
    if (work.adds()) {
      events.stored(Level.L3, outcome);
    }
    work.done().complete(outcome);
  }
}
