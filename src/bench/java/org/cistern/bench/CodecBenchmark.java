package org.cistern.bench;

import java.util.concurrent.TimeUnit;
import org.cistern.answer.Answer;
import org.cistern.answer.AnswerCodec;
import org.cistern.answer.BodyCompression;
import org.cistern.answer.Decoded;
import org.cistern.tier.ZstdCompression;
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

/** Writing and reading the byte form of a 1 KB answer: {@code src/bench/run --jmh Codec}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

  /** Whether bodies are packed. */
  @Param({"false", "true"})
  public boolean packed;

  private final Answer answer = Samples.answer("models");
  private AnswerCodec codec = new AnswerCodec(BodyCompression.NONE);
  private byte[] value = new byte[0];

  /** Makes the codec and a value to read. */
  @Setup
  public void prepare() {
    codec = new AnswerCodec(packed ? new ZstdCompression() : BodyCompression.NONE);
    value = codec.encode(answer);
  }

  /** Writes one. */
  @Benchmark
  public byte[] encode() {
    return codec.encode(answer);
  }

  /** Reads one. */
  @Benchmark
  public Decoded decode() {
    return codec.decode(value);
  }
}
