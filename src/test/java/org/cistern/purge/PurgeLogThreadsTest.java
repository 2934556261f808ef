package org.cistern.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.uri;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge.Scope;
import org.junit.jupiter.api.Test;

class PurgeLogThreadsTest {

  private static final int WRITERS = 4;
  private static final int READERS = 4;
  private static final int APPENDS = 20_000;

  private final PurgeLog log =
      PurgeLog.open(new MemoryBarriers(), InstantSource.system(), 1_000_000);
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @Test
  void whoeverSeesAHeadObeysItsBarrier() throws Exception {
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String own = "/own/" + i;
      tasks.add(() -> write(own));
    }
    for (int i = 0; i < READERS; i++) {
      tasks.add(this::read);
    }
    assertThat(sum(tasks)).isEqualTo((long) WRITERS * APPENDS);
    assertThat(log.head().number()).isEqualTo((long) WRITERS * APPENDS);
  }

  /** Purges its own path again and again; each is in force once append has returned. */
  private long write(String path) {
    Target target = Samples.target(path);
    Purge purge = path.endsWith("0") ? hard(new Scope.Pattern("*", path)) : hard(uri(path));
    try {
      for (int i = 0; i < APPENDS; i++) {
        Position before = log.head();
        log.append(purge);
        assertThat(log.covers(target, Set.of(), "r", null, before)).isEqualTo(Coverage.HARD);
      }
      return APPENDS;
    } finally {
      writing.decrementAndGet();
    }
  }

  /** The barrier of a head is some writer's, so at least one path must be covered just below. */
  private long read() {
    Position seen = log.head();
    while (writing.get() > 0) {
      Position head = log.head();
      assertThat(head.number()).isGreaterThanOrEqualTo(seen.number());
      seen = head;
      if (head.number() > 0) {
        Position justBelow = new Position(head.epoch(), head.number() - 1);
        assertThat(covered(justBelow)).as("paths covered since %s", justBelow).isPositive();
      }
    }
    return 0;
  }

  private int covered(Position since) {
    int covered = 0;
    for (int i = 0; i < WRITERS; i++) {
      Answer answer = Samples.answer("/own/" + i, since);
      covered += log.check(answer, null).coverage() == Coverage.HARD ? 1 : 0;
    }
    return covered;
  }

  private static long sum(List<Callable<Long>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      long sum = 0;
      for (Future<Long> done : threads.invokeAll(tasks)) {
        sum += done.get();
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }
}
