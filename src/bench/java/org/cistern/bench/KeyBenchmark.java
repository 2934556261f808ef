package org.cistern.bench;

import java.util.concurrent.TimeUnit;
import org.cistern.http.uri.Request;
import org.cistern.rule.HostAliases;
import org.cistern.rule.Key;
import org.cistern.rule.Keys;
import org.cistern.rule.Rule;
import org.cistern.rule.load.RuleLoader;
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

/** Making the key of a request: {@code src/bench/run --jmh Key}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KeyBenchmark {

  /** The shape of the key. */
  @Param({"", "query: sorted", "query: {allow: [page]}", "vary_on: {headers: [Accept-Language]}"})
  public String shape = "";

  private final Keys keys = new Keys(HostAliases.none());
  private final Request request = Samples.get("/api/v1/models");
  private Rule rule = Samples.rules(1).rules().get(0).rule();

  /** Makes the rule. */
  @Setup
  public void prepare() {
    String yaml = "rules:\n- path_pattern: /**\n  id: x\n  " + shape + "\n";
    rule = RuleLoader.file("bench.yaml", yaml).book().rules().get(0).rule();
  }

  /** Makes one. */
  @Benchmark
  public Key key() {
    return keys.key(rule, request, null, null);
  }
}
