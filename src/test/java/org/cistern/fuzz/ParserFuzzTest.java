package org.cistern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The parsers under a fuzzer: what it found before, and a run as long as {@code fuzz.seconds} says.
 * With the profile {@code fuzz} what it learns goes into the kept corpus.
 */
class ParserFuzzTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final Path WORK = Path.of("target/fuzz");

  /** The first input also loads and instruments all classes, on a busy machine for long. */
  private static final String TIMEOUT = "-timeout=90";

  @Test
  void whatIsInTheCorpusIsReadWithoutAnException() throws IOException {
    try (Stream<Path> seeds = Files.list(CORPUS)) {
      assertThat(seeds.toList())
          .isNotEmpty()
          .allSatisfy(
              seed ->
                  assertThatCode(() -> ParserFuzzer.fuzzerTestOneInput(Files.readAllBytes(seed)))
                      .as(seed.toString())
                      .doesNotThrowAnyException());
    }
  }

  @Test
  void nothingThatTheFuzzerMakesUpEscapesFromAParserOrHangsIt() throws Exception {
    Files.createDirectories(WORK);
    int seconds = Integer.getInteger("cistern.fuzz.seconds", 5);

    int code = run("-max_total_time=" + seconds, TIMEOUT, WORK.toString(), CORPUS.toString());
    assertThat(code).as("see target/fuzz.log; the input is in target/fuzz-findings").isZero();
    if (Boolean.getBoolean("cistern.fuzz.keep")) {
      // One input for each piece of code that is reached, not for how often it is.
      run("-merge=1", "-use_counters=0", CORPUS.toString(), WORK.toString());
    }
  }

  private static int run(String... options) throws IOException, InterruptedException {
    Path findings = Files.createDirectories(Path.of("target/fuzz-findings"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ParserFuzzer.class.getName(),
                "--instrumentation_includes=org.cistern.http.**:org.cistern.rule.**",
                // Its hook of String.regionMatches breaks where that looks beyond the text's end.
                "--trace=cov",
                "-artifact_prefix=" + findings + "/"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target/fuzz.log").toFile())
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
