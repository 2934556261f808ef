package org.cistern.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time-outs of one event loop, by a coarse clock of ticks: progress is noted by copying a
 * number, and once per tick everything under way is looked at. Used on that event loop only.
 */
public final class Deadlines {

  private static final FastThreadLocal<Deadlines> OWN = new FastThreadLocal<>();

  /** The length of a tick; no time-out is kept more exactly. */
  static final long TICK_MILLIS = 50;

  /** Something under way that may take too long. */
  public abstract static class Timed {

    private int place = -1;

    /** Looks whether it is too late; may end this and others, and begin new ones. */
    protected abstract void check(long tick);
  }

  private final EventLoop loop;
  private final List<Timed> underWay = new ArrayList<>();
  private @Nullable ScheduledFuture<?> clock;
  private long tick;

  /** Makes those of one event loop, which starts its clock when it is first needed. */
  public Deadlines(EventLoop loop) {
    this.loop = loop;
  }

  /** Returns those that all without their own share on this event loop, asked on it. */
  public static Deadlines of(EventLoop loop) {
    Deadlines own = OWN.getIfExists();
    if (own == null) {
      own = new Deadlines(loop);
      OWN.set(own);
    }
    return own;
  }

  /** Returns the present tick. */
  public long tick() {
    return tick;
  }

  /** Returns the number of ticks after which a time has surely passed. */
  public static long ticks(Duration time) {
    return time.toMillis() / TICK_MILLIS + 2;
  }

  /** Begins to look at it. */
  public void add(Timed timed) {
    timed.place = underWay.size();
    underWay.add(timed);
    if (clock == null) {
      clock = loop.scheduleAtFixedRate(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Looks at it no longer. */
  public void remove(Timed timed) {
    if (timed.place >= 0) {
      Timed last = underWay.remove(underWay.size() - 1);
      if (last != timed) {
        underWay.set(timed.place, last);
        last.place = timed.place;
      }
      timed.place = -1;
    }
  }

  /** Returns how many are looked at. */
  public int size() {
    return underWay.size();
  }

  private void look() {
    tick++;
    if (underWay.isEmpty()) {
      rest();
    }
    // Backwards: what ends is replaced by one from behind, which was looked at already.
    for (int i = underWay.size() - 1; i >= 0; i--) {
      if (i < underWay.size()) {
        underWay.get(i).check(tick);
      }
    }
  }

  private void rest() {
    if (clock != null) {
      clock.cancel(false);
      clock = null;
    }
  }
}
