package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Body;
import org.cistern.upstream.message.Incoming;

/**
 * One body while it arrives.
 *
 * <p>How it works. The fill lives on the event loop of its flight (home): that loop alone appends,
 * ends and cuts; what readers on other loops see of it is {@link Published}, and each is woken by a
 * task that is queued at most once. While the body is kept nobody slows anybody: the source flows,
 * and whoever joins begins at byte 0. Once it is not kept (too large, or the budget is spent)
 * nobody joins, bytes live as long as the slowest ride needs them, and {@link Pace} pauses the
 * source while that ride is a window behind.
 */
final class Fill {

  private final Incoming incoming;
  private final Context home;
  private final Tower tower;
  private final Course course;
  private final Gathered gathered;
  private final Published published;
  private final Pace pace;
  private final long length;
  private final long maxSize;
  private volatile boolean keeping = true;
  private volatile boolean over;
  private boolean whole;

  Fill(Incoming incoming, long maxSize, Context home, Tower tower, Course course) {
    this.incoming = incoming;
    this.maxSize = Math.min(maxSize, Integer.MAX_VALUE - 8);
    this.home = home;
    this.tower = tower;
    this.course = course;
    this.gathered = new Gathered(tower.budget());
    this.published = new Published(gathered.first(), course, this::moved);
    this.length = incoming.head().length();
    this.pace = new Pace(incoming, published.rides(), tower.limits());
  }

  /** Decides by the declared length whether the body is kept; called before anything else. */
  void open() {
    if (length > maxSize) {
      giveUp(Course.Unkept.TOO_LARGE);
    } else if (length > 0 && !gathered.expect(length)) {
      giveUp(Course.Unkept.OVER_BUDGET);
    }
  }

  /** Lets the body flow; called at home once those who waited have their rides. */
  void start() {
    incoming.body().exceptionHandler(cause -> cut(new StreamReset(StreamReset.Cause.CUT, cause)));
    incoming.body().endHandler(end -> ended());
    incoming.body().handler(this::arrived);
    incoming.body().resume();
  }

  /** Resets rides that stood still too long; called now and then, on any thread. */
  void checkStall() {
    if (!keeping && !over) {
      home.runOnContext(
          task -> pace.resetStalled(gathered.total(), tower.now(), published::breakOff));
    }
  }

  /** Tells whether the body is gathered to be stored. */
  boolean keeping() {
    return keeping;
  }

  Published published() {
    return published;
  }

  private void arrived(Buffer chunk) {
    if (whole || over) {
      return;
    }
    long after = gathered.total() + chunk.length();
    if (length >= 0 && after > length) {
      cut(StreamReset.of(StreamReset.Cause.LENGTH));
      incoming.cancel();
      return;
    }
    keepOrNot(chunk.length(), after);
    if (gathered.append(chunk)) {
      show();
    } else {
      cut(StreamReset.of(StreamReset.Cause.CUT));
      incoming.cancel();
    }
  }

  private void keepOrNot(int more, long after) {
    if (!keeping) {
      return;
    }
    if (after > maxSize) {
      giveUp(Course.Unkept.TOO_LARGE);
    } else if (length < 0 && !gathered.hold(more)) {
      giveUp(Course.Unkept.OVER_BUDGET);
    }
  }

  private void show() {
    boolean holdLast = keeping && length > 0 && course.lastByteWaits();
    long total = gathered.total();
    published.show(holdLast ? Math.min(total, length - 1) : total);
    if (!keeping) {
      published.close();
      recheck();
    }
  }

  /** A ride went on or away: the source may wait for it, or nobody be left. On any thread. */
  private void moved() {
    if (!keeping && !over && pace.claim()) {
      home.runOnContext(task -> recheck());
    }
  }

  private void recheck() {
    pace.release();
    if (whole || over) {
      return;
    }
    if (published.rides().isEmpty()) {
      cut(StreamReset.of(StreamReset.Cause.CUT));
      incoming.cancel();
      return;
    }
    gathered.shrinkTo(pace.keep(gathered.total()));
  }

  private void giveUp(Course.Unkept why) {
    keeping = false;
    gathered.letGo();
    course.unkept(why);
  }

  private void ended() {
    if (whole || over) {
      return;
    }
    if (length >= 0 && gathered.total() != length) {
      cut(StreamReset.of(StreamReset.Cause.LENGTH));
      return;
    }
    whole = true;
    published.trailers(incoming.trailers());
    complete();
  }

  private void complete() {
    if (keeping && !gathered.join()) {
      giveUp(Course.Unkept.OVER_BUDGET);
    }
    if (!keeping) {
      finish(Ending.CLEAN);
      return;
    }
    Body body = gathered.body();
    published.replace(new Segment(0, body.bytes()));
    CompletionStage<?> stored = course.complete(body, published.trailers());
    if (course.lastByteWaits()) {
      finishAfter(stored);
    } else {
      finish(Ending.CLEAN);
    }
  }

  private void finishAfter(CompletionStage<?> stored) {
    long patience = tower.limits().lastByte().toMillis();
    long timer = home.owner().setTimer(patience, id -> finish(Ending.CLEAN));
    stored.whenComplete(
        (done, failure) -> {
          home.owner().cancelTimer(timer);
          home.runOnContext(task -> finish(Ending.CLEAN));
        });
  }

  private void cut(StreamReset failure) {
    if (!whole && !over) {
      published.close();
      published.rides().forEach(ride -> course.broken(failure.why()));
      finish(new Ending(failure));
    }
  }

  private void finish(Ending how) {
    if (!over) {
      over = true;
      published.end(gathered.total(), how);
      gathered.shrinkTo(0);
      course.over();
    }
  }
}
