package org.cistern.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cistern.http.uri.Request;
import org.cistern.rule.Rule;
import org.cistern.rule.match.RuleBook;
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
 * <p>Asked twice. Once for ten rules, spread over the book, with the same ten patterns' shapes
 * whatever the number of rules: what it costs to find one among many. And once for every rule of
 * the book equally often, with 10,000 requests in one random order, all with paths of their own:
 * then all that the requests and the rules hold has to come from the processor's outer caches, as
 * it does where no rule is busier than another. The requests themselves are as many and as long in
 * books of every size; of a request only target and path are its own, all share the header fields.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RuleMatchBenchmark {

  /** How many rules there are. */
  @Param({"10", "100", "1000", "10000"})
  public int rules;

  /** How many requests there are. */
  @Param({"10", "10000"})
  public int asked;

  private RuleBook book = RuleBook.empty();
  private Request[] requests = new Request[0];
  private int next;

  /** Makes the book and the requests. */
  @Setup
  public void prepare() {
    book = Samples.rules(rules);
    requests = new Request[asked];
    for (int i = 0; i < asked; i++) {
      requests[i] = Samples.get(Samples.path(asked == 10 ? spread(i) : i % rules, i));
    }
    Collections.shuffle(Arrays.asList(requests), new Random(asked));
  }

  /** Returns a rule of the same shape as the one of that number in a book of ten. */
  private int spread(int number) {
    return number + number * (rules / 100) * 10;
  }

  /** Asks for one. */
  @Benchmark
  public @Nullable Rule match() {
    next = next + 1 == asked ? 0 : next + 1;
    return book.match(requests[next]);
  }
}
