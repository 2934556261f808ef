package org.cistern.tier.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import org.cistern.tier.IoWords;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Tier;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that follow one another: the file is opened when it is needed, and exchanged where
 * it is damaged or to be emptied. Readers are shut out meanwhile. For the writer's thread.
 */
final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final DiskSettings settings;
  private final EntriesFile file;
  private final Gate gate;
  private final AccessTimes times;
  private final Doubts doubts;
  private final RuleBounds rules;
  private final InstantSource clock;
  private final Trouble trouble;
  private final TierEvents events;
  private @Nullable Session open;
  private boolean displaced;
  private long evictionsBefore;
  private volatile Tier.Contents contents = new Tier.Contents(0, 0, 0);

  Sessions(
      DiskSettings settings,
      EntriesFile file,
      Gate gate,
      AccessTimes times,
      Doubts doubts,
      RuleBounds rules,
      InstantSource clock,
      Trouble trouble,
      TierEvents events) {
    this.settings = settings;
    this.file = file;
    this.gate = gate;
    this.times = times;
    this.doubts = doubts;
    this.rules = rules;
    this.clock = clock;
    this.trouble = trouble;
    this.events = events;
  }

  /** Returns what the file held when it was last changed; for any thread. */
  Tier.Contents contents() {
    return contents;
  }

  /** Returns the open session, opening the file where it is not; null where that fails. */
  @Nullable Session present() {
    if (isOurs() && open == null) {
      reopen(true);
    }
    return open;
  }

  /** What was removed is made anew; what stands there in its place may be another process's. */
  private boolean isOurs() {
    if (open != null && !file.isInPlace()) {
      removed();
    }
    if (!displaced && file.isAnothers()) {
      displaced = true;
      LOG.warn(
          "{} is another process's now: nothing more is kept on disk in this run", file.path());
    }
    return !displaced;
  }

  private void removed() {
    LOG.warn("{} was removed while in use: what it held is lost", file.path());
    events.dropped(Level.L3, contents.entries(), "the file was removed");
    leave();
    file.wasRemoved();
  }

  /** Notes what a session has changed. */
  void changed(Session session) {
    Tier.Contents now = session.contents();
    contents = new Tier.Contents(now.entries(), now.bytes(), evictionsBefore + now.evictions());
  }

  /** Puts a fresh file in the place of this one, which is deleted; false where that fails. */
  boolean empty() {
    if (!isOurs()) {
      return false;
    }
    leave();
    try {
      file.delete();
    } catch (IOException stays) {
      return false;
    }
    return present() != null;
  }

  /** Puts a fresh file in the place of this one, which is damaged and set aside. */
  void replace() {
    if (isOurs()) {
      leave();
      setAside();
      reopen(false);
    }
  }

  /** Makes the best of a failed transaction. */
  void recover(Session session, Throwable failure) {
    if (failure instanceof SQLException error && Fault.of(error) == Fault.DAMAGED) {
      replace();
      return;
    }
    try {
      session.undo();
      changed(session);
    } catch (SQLException worse) {
      leave();
    }
  }

  /** Empties a file of which everything is in doubt. */
  void settle() {
    if (doubts.coverAll() && empty()) {
      doubts.settled();
    }
  }

  /** Closes the file for good, what is known of it written down, what is in doubt removed. */
  void end() {
    close();
    if (!doubts.isEmpty() && isOurs()) {
      discard();
    }
  }

  /** The next run would not know what is in doubt. */
  private void discard() {
    try {
      file.delete();
      LOG.warn("{} is deleted: answers that were replaced could not be removed", file.path());
    } catch (IOException stays) {
      LOG.warn(
          "{} may have answers that were replaced, and cannot be deleted: {}",
          file.path(),
          IoWords.of(stays));
    }
  }

  private void close() {
    gate.shut();
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException disposable) {
      leave();
    }
    open = null;
  }

  private void leave() {
    gate.shut();
    if (open != null) {
      evictionsBefore += open.contents().evictions();
      open.abandon();
      open = null;
    }
  }

  private void reopen(boolean mayReplace) {
    try {
      begin(file.open());
    } catch (SQLException e) {
      if (mayReplace && Fault.of(e) == Fault.DAMAGED) {
        replace();
      } else {
        trouble.unopened(e);
      }
    } catch (IOException e) {
      trouble.unopened(e);
    } finally {
      gate.openingTried();
    }
  }

  private void begin(EntriesFile.Opened opened) throws SQLException {
    Session session;
    try {
      Entries entries = new Entries(opened.sql(), file.bodies(), trouble, settings.rowBytes());
      Upkeep upkeep = new Upkeep(opened.sql(), entries, times, rules, settings.entryBytes());
      session = new Session(opened.sql(), entries, upkeep, times, doubts);
    } catch (SQLException e) {
      opened.sql().abandon();
      throw e;
    }
    if (opened.dropped() > 0) {
      events.dropped(Level.L3, opened.dropped(), "another epoch or version of the file");
    }
    open = session;
    changed(session);
    trouble.over();
    gate.open();
  }

  private void setAside() {
    try {
      String name = file.setAside(clock.instant());
      LOG.warn("{} is damaged: it is kept as {}, and a new one takes its place", file.path(), name);
      events.damaged(Level.L3, name);
    } catch (IOException stays) {
      LOG.warn("{} is damaged and cannot be set aside: {}", file.path(), stays.toString());
      events.damaged(Level.L3, file.path() + " cannot be set aside");
    }
  }
}
