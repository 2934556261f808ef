package org.cistern.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cistern.http.Request;
import org.cistern.rule.Rule;
import org.cistern.rule.RuleBook;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding the rule of a request among 10 to 10,000 with distinct patterns, a tenth with two stars:
 * {@code src/bench/run --jmh RuleMatch}.
 *
 * <p>The requests are 10,000 whatever the number of rules, all with distinct paths of one length
 * and in one random order; they ask for every rule of the book equally often. So what the requests
 * themselves take of the processor's caches is the same for few rules and for many, what the rules
 * take counts, as it does under real traffic, and the branches cannot be learned by heart. Of a
 * request only target and path are its own; all share the header fields.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RuleMatchBenchmark {

  private static final int ASKED = 10_000;

  /** How many rules there are. */
  @Param({"10", "100", "1000", "10000"})
  public int rules;

  private RuleBook book = RuleBook.empty();
  private Request[] requests = new Request[0];
  private int next;

  /** Makes the book and the requests. */
  @Setup
  public void prepare() {
    book = Samples.rules(rules);
    requests = new Request[ASKED];
    for (int i = 0; i < ASKED; i++) {
      requests[i] = Samples.get(Samples.path(i % rules, i));
    }
    Collections.shuffle(Arrays.asList(requests), new Random(ASKED));
  }

  /** Asks for one. */
  @Benchmark
  public @Nullable Rule match() {
    next = next + 1 == ASKED ? 0 : next + 1;
    return book.match(requests[next]);
  }
}
