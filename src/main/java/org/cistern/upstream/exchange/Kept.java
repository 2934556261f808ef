package org.cistern.upstream.exchange;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.wire.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a lane that wait for their next plain request, on one event loop; the one used
 * last goes first. What waits too long is closed: looked at twice a second, so that no request has
 * to read a clock.
 */
final class Kept {

  private static final long LOOK_MILLIS = 500;

  private final EventLoop loop;
  private final long longestMillis;
  private final Map<Endpoint, Line> lines = new HashMap<>();
  private boolean looking;

  /** The connections to one endpoint. */
  private static final class Line {

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int connecting;

    boolean isEmpty() {
      return waiting.isEmpty() && connecting == 0;
    }
  }

  /** A connection and how often it was looked at. */
  private static final class Waiting {

    private final Lease lease;
    private int looks;

    Waiting(Lease lease) {
      this.lease = lease;
    }
  }

  Kept(EventLoop loop, Duration longest) {
    this.loop = loop;
    this.longestMillis = longest.toMillis();
  }

  private Line line(Endpoint endpoint) {
    Line known = lines.get(endpoint);
    return known != null ? known : lines.computeIfAbsent(endpoint, unknown -> new Line());
  }

  /** Returns a connection to an endpoint that can go on, or null. */
  @Nullable Lease take(Endpoint endpoint) {
    Line line = lines.get(endpoint);
    while (line != null && !line.waiting.isEmpty()) {
      Lease lease = line.waiting.pop().lease;
      if (lease.isOpen()) {
        return lease;
      }
    }
    return null;
  }

  /** A request waits for Vert.x to give it a connection. */
  void connecting(Endpoint endpoint) {
    line(endpoint).connecting++;
  }

  /** It has one, or none at all. */
  void connected(Endpoint endpoint) {
    Line line = line(endpoint);
    line.connecting--;
    if (line.isEmpty()) {
      lines.remove(endpoint);
    }
  }

  /** Keeps a connection for the next request; where one waits at Vert.x, it is for that. */
  void put(Endpoint endpoint, Lease lease) {
    Line line = line(endpoint);
    if (line.connecting > 0) {
      lease.giveBack();
      return;
    }
    line.waiting.push(new Waiting(lease));
    if (!looking) {
      looking = true;
      lookLater();
    }
  }

  private void lookLater() {
    var unused = loop.schedule(this::lookAtAll, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookAtAll() {
    lines.values().forEach(line -> look(line.waiting));
    lines.values().removeIf(Line::isEmpty);
    looking = !lines.isEmpty();
    if (looking) {
      lookLater();
    }
  }

  private void look(ArrayDeque<Waiting> waiting) {
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      next.looks++;
      if (!next.lease.isOpen() || isOld(next)) {
        each.remove();
        next.lease.close();
      }
    }
  }

  /** Rather too early than on a connection that its peer is about to close. */
  private boolean isOld(Waiting one) {
    long millis = Math.min(longestMillis, one.lease.hint() * 1000L);
    return (one.looks + 1) * LOOK_MILLIS > millis;
  }
}
