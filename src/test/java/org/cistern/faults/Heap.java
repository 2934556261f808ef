package org.cistern.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway's process has of memory. Its collector writes a line per collection; what is in
 * use after the fullest of them is never less than what was alive at any of these moments, and
 * often more, since a young collection leaves the old garbage.
 */
final class Heap {

  /** As in {@code GC(7) Pause Young (Normal) (G1 Evacuation Pause) 76M->12M(128M) 3.110ms}. */
  private static final Pattern COLLECTION =
      Pattern.compile("Pause (?:Young|Full) .* \\d+M->(\\d+)M\\(");

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final GatewayProcess gateway;
  private final Path log;

  /** Watches a process that was started with {@link #option}. */
  Heap(GatewayProcess gateway, Path folder) {
    this.gateway = gateway;
    this.log = folder.resolve("gc.log");
  }

  /** Returns the option that makes the virtual machine write its collections into the folder. */
  static String option(Path folder) {
    return "-Xlog:gc:file=" + folder.resolve("gc.log");
  }

  /** Returns the MB in use after a full collection, now. */
  long live() throws Exception {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("jcmd tells nothing of the heap");
    }
    return Long.parseLong(used.group(1)) >> 10;
  }

  /** Returns how many collections there have been. */
  int collections() throws IOException {
    return (int) COLLECTION.matcher(Files.readString(log)).results().count();
  }

  /** Returns the MB in use after the fullest collection from this one on. */
  long fullest(int from) throws IOException {
    return COLLECTION
        .matcher(Files.readString(log))
        .results()
        .skip(from)
        .mapToLong(collection -> Long.parseLong(collection.group(1)))
        .max()
        .orElse(0);
  }

  /** Returns the most that was resident, as the system tells it. */
  String resident() throws IOException {
    Path status = Path.of("/proc/" + gateway.pid() + "/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> line.substring(6).strip())
        .findFirst()
        .orElse("unknown");
  }

  private String jcmd(String command) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(gateway.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    process.waitFor();
    return output;
  }
}
