package org.cistern.upstream.exchange;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.wire.Wire;
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
  private final Map<Endpoint, ArrayDeque<Waiting>> waiting = new HashMap<>();
  private boolean looking;

  /** A connection and how often it was looked at. */
  private static final class Waiting {

    private final Wire wire;
    private int looks;

    Waiting(Wire wire) {
      this.wire = wire;
    }
  }

  Kept(EventLoop loop, Duration longest) {
    this.loop = loop;
    this.longestMillis = longest.toMillis();
  }

  /** Returns a connection to an endpoint that can go on, or null. */
  @Nullable Wire take(Endpoint endpoint) {
    ArrayDeque<Waiting> line = waiting.get(endpoint);
    while (line != null && !line.isEmpty()) {
      Wire wire = line.pop().wire;
      if (wire.isOpen()) {
        return wire;
      }
    }
    return null;
  }

  /** Keeps a connection for the next request. */
  void put(Endpoint endpoint, Wire wire) {
    waiting.computeIfAbsent(endpoint, unknown -> new ArrayDeque<>()).push(new Waiting(wire));
    if (!looking) {
      looking = true;
      lookLater();
    }
  }

  private void lookLater() {
    var unused = loop.schedule(this::lookAtAll, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void lookAtAll() {
    waiting.values().forEach(this::look);
    waiting.values().removeIf(ArrayDeque::isEmpty);
    looking = !waiting.isEmpty();
    if (looking) {
      lookLater();
    }
  }

  private void look(ArrayDeque<Waiting> line) {
    for (Iterator<Waiting> each = line.iterator(); each.hasNext(); ) {
      Waiting next = each.next();
      next.looks++;
      if (!next.wire.isOpen() || isOld(next)) {
        each.remove();
        next.wire.close();
      }
    }
  }

  /** Rather too early than on a connection that its peer is about to close. */
  private boolean isOld(Waiting one) {
    long millis = Math.min(longestMillis, one.wire.hint() * 1000L);
    return (one.looks + 1) * LOOK_MILLIS > millis;
  }
}
