package org.cistern.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A load generator that asks at a fixed rate, whether or not the server keeps up.
 *
 * <p>Request <i>n</i> is due at {@code start + n * interval}, evenly spaced. A free connection
 * takes the oldest due request; where none is free the request waits, and its latency still counts
 * from the moment at which it was due. So a server that stalls for 10 ms is charged with all the
 * requests that would have been asked in those 10 ms (no coordinated omission).
 *
 * <p>The loop spins, since a timer's granularity would be larger than what is measured: give it a
 * core of its own. How late it was itself while a connection was free is printed as {@code own}.
 */
public final class OpenLoop {

  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Selector selector;
  private final Deque<Asking> free = new ArrayDeque<>();
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Histogram ownDelays = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final double intervalNanos;
  private final long warmUpRequests;
  private final long totalRequests;
  private long asked;
  private long answered;
  private long refused;
  private boolean everyConnectionWasBusy;

  private OpenLoop(Selector selector, int rate, int warmUpSeconds, int seconds) {
    this.selector = selector;
    this.intervalNanos = 1e9 / rate;
    this.warmUpRequests = (long) rate * warmUpSeconds;
    this.totalRequests = warmUpRequests + (long) rate * seconds;
  }

  /**
   * Runs one measurement and prints it as {@code name=value} lines, latencies in microseconds.
   *
   * @param args port, path, requests per second, connections, seconds of warm-up, seconds measured
   */
  public static void main(String[] args) throws IOException {
    try (Selector selector = Selector.open()) {
      OpenLoop loop = new OpenLoop(selector, number(args, 2), number(args, 4), number(args, 5));
      loop.connect(new InetSocketAddress("127.0.0.1", number(args, 0)), args[1], number(args, 3));
      loop.run();
      loop.print();
    }
  }

  private static int number(String[] args, int index) {
    return Integer.parseInt(args[index]);
  }

  private void connect(InetSocketAddress server, String path, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      free.add(Asking.open(selector, server, path));
    }
  }

  private void run() throws IOException {
    long start = System.nanoTime();
    long giveUp = start + (long) (totalRequests * intervalNanos) + GIVE_UP_NANOS;
    while (answered < totalRequests && System.nanoTime() < giveUp) {
      askWhatIsDue(start);
      selector.selectNow(this::read);
    }
  }

  private void askWhatIsDue(long start) throws IOException {
    while (asked < totalRequests) {
      long due = start + (long) (asked * intervalNanos);
      long now = System.nanoTime();
      if (due > now) {
        everyConnectionWasBusy = false;
        return;
      }
      if (free.isEmpty()) {
        everyConnectionWasBusy = true;
        return;
      }
      ask(due, now);
    }
  }

  private void ask(long due, long now) throws IOException {
    if (!everyConnectionWasBusy && asked >= warmUpRequests) {
      ownDelays.recordValue(now - due);
    }
    free.removeLast().ask(asked, due);
    asked++;
  }

  private void read(SelectionKey key) {
    Asking connection = (Asking) key.attachment();
    if (!connection.read()) {
      return;
    }
    answered++;
    refused += connection.succeeded() ? 0 : 1;
    if (connection.number() >= warmUpRequests) {
      latencies.recordValue(System.nanoTime() - connection.due());
    }
    free.addLast(connection);
  }

  private void print() {
    System.out.printf("requests=%d%n", latencies.getTotalCount());
    System.out.printf("unanswered=%d%n", totalRequests - answered);
    System.out.printf("refused=%d%n", refused);
    print("p50", latencies, 50);
    print("p90", latencies, 90);
    print("p99", latencies, 99);
    print("p99.9", latencies, 99.9);
    print("max", latencies, 100);
    print("own", ownDelays, 99);
  }

  private static void print(String name, Histogram histogram, double percentile) {
    System.out.printf("%s=%.1f%n", name, histogram.getValueAtPercentile(percentile) / 1e3);
  }
}
