package org.cistern.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was measured, a line each, on the console and in {@code target/faults.txt}. */
public final class Figures {

  private static final Path FILE = Path.of("target", "faults.txt");

  private Figures() {}

  /** Tells whether the full forms of the slow tests are asked for. */
  public static boolean full() {
    return "full".equals(System.getProperty("cistern.faults"));
  }

  /** Returns the one for the full form or the one for the short form. */
  public static int pick(int inFull, int inShort) {
    return full() ? inFull : inShort;
  }

  /** Reports a line. */
  public static synchronized void report(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println("FIGURE " + line);
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the sum of all series of a meter whose labels hold all these texts. */
  public static long metric(String scrape, String name, String... labels) {
    double sum = 0;
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{[^}]*})? ([0-9.E+-]+)$")
            .matcher(scrape);
    while (line.find()) {
      String found = String.valueOf(line.group(1));
      boolean all = true;
      for (String label : labels) {
        all &= found.contains(label);
      }
      sum += all ? Double.parseDouble(line.group(2)) : 0;
    }
    return Math.round(sum);
  }
}
