package org.cistern.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;

/**
 * What a fuzzer throws forms at: a gateway with a route on worker threads. The first line of an
 * input is the content type, the rest the body. Findings are an answer that never comes or is the
 * server's fault, and a file that stays.
 */
public final class FormFuzzer {

  private static final Set<Integer> MEANT = Set.of(200, 400, 413);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final FormServer SERVER = FormServer.start();

  private FormFuzzer() {}

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, ISO_8859_1);
    int line = text.indexOf('\n');
    String type = line < 0 ? text : text.substring(0, line);
    String body = line < 0 ? "" : text.substring(line + 1);
    try {
      int status = SERVER.post(fieldValue(type), body.getBytes(ISO_8859_1), PATIENCE);
      holds(MEANT.contains(status), "a form is answered " + status);
      awaitNoFile();
    } catch (IOException silent) {
      throw new UncheckedIOException("a form is not answered", silent);
    }
  }

  /** What cannot be in a field is refused before the form is. */
  private static String fieldValue(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f]", " ").strip();
  }

  private static void awaitNoFile() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (SERVER.hasFiles()) {
      holds(System.nanoTime() - end < 0, "the file of a form stays");
      Thread.onSpinWait();
    }
  }

  private static void holds(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
