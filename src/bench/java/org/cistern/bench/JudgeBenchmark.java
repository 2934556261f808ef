package org.cistern.bench;

import java.util.concurrent.TimeUnit;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Facts;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.cistern.http.uri.Request;
import org.cistern.rule.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging a stored answer, fresh and stale: {@code src/bench/run --jmh Judge}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JudgeBenchmark {

  private final Rule rule = Samples.rules(1).rules().get(0).rule();
  private final Request request = Samples.get("/api/v1/models");
  private final Facts facts = Facts.of(Samples.answer(rule.id()), rule);

  /** A fresh one, the request's directives read first as on every hit. */
  @Benchmark
  public Verdict fresh() {
    return Freshness.judge(asked(), facts, Standing.GOOD, Samples.NOW.plusSeconds(10));
  }

  /** A stale one. */
  @Benchmark
  public Verdict stale() {
    return Freshness.judge(asked(), facts, Standing.GOOD, Samples.NOW.plusSeconds(1000));
  }

  private Asked asked() {
    return Asked.of(request, rule);
  }
}
