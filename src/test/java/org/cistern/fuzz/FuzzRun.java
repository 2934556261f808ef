package org.cistern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One target under a fuzzer, for as long as {@code fuzz.seconds} says. With the profile {@code
 * fuzz} what it learns goes into the kept corpus.
 *
 * @param target has {@code fuzzerTestOneInput(byte[])}
 * @param instrumented the packages whose branches lead the fuzzer, with colons between them
 * @param name of the corpus among the resources of the tests, and of what the run leaves
 */
record FuzzRun(Class<?> target, String instrumented, String name) {

  /** The first input also loads and instruments all classes, on a busy machine for long. */
  private static final String TIMEOUT = "-timeout=90";

  /** Returns the inputs that are kept. */
  List<Path> corpus() throws IOException {
    try (Stream<Path> seeds = Files.list(kept())) {
      return seeds.toList();
    }
  }

  /** Fuzzes; fails where an exception escapes from the target, or it hangs. */
  void findsNothing() throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of("target", name));
    int seconds = Integer.getInteger("cistern.fuzz.seconds", 5);

    int code = run("-max_total_time=" + seconds, TIMEOUT, work.toString(), kept().toString());
    assertThat(code).as("see %s; the input is in %s", log(), findings()).isZero();
    if (Boolean.getBoolean("cistern.fuzz.keep")) {
      // One input for each piece of code that is reached, not for how often it is.
      run("-merge=1", "-use_counters=0", kept().toString(), work.toString());
    }
  }

  private Path kept() {
    return Path.of("src/test/resources", name);
  }

  private Path log() {
    return Path.of("target", name + ".log");
  }

  private Path findings() {
    return Path.of("target", name + "-findings");
  }

  private int run(String... options) throws IOException, InterruptedException {
    Path findings = Files.createDirectories(findings());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + Files.createTempDirectory(Path.of("target"), name),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + instrumented,
                // Its hook of String.regionMatches breaks where that looks beyond the text's end.
                "--trace=cov",
                // They look for other faults, and break Netty and forbid connections.
                "--custom_hook_includes=none",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
