package org.cistern.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cistern.faults.Bodies;
import org.jspecify.annotations.Nullable;

/**
 * The site that an access log tells of. What a method and path answers follows from the log alone:
 * a page is as large as in its first line with status 200; what never was answered 200 has the
 * status of its first line. Lines with 304, 206 and 416 say what the client asked for, not what the
 * page is: they are replayed with If-None-Match and Range.
 */
final class LoggedSite {

  private static final Pattern LINE =
      Pattern.compile("^\\S+ \\S+ \\S+ \\[[^]]*] \"(\\S+) (\\S+) [^\"]*\" (\\d+) (\\d+|-)");

  private final Map<String, Page> pages = new HashMap<>();

  /** One line of the log. */
  record Line(String method, String path, int status, int size) {

    /** Returns a line, or null where it is none. */
    static @Nullable Line of(String text) {
      Matcher match = LINE.matcher(text);
      return match.find()
          ? new Line(
              match.group(1),
              match.group(2),
              Integer.parseInt(match.group(3)),
              match.group(4).equals("-") ? 0 : Integer.parseInt(match.group(4)))
          : null;
    }

    private boolean tellsOfThePage() {
      return status == 200 && !method.equals("HEAD");
    }
  }

  /** What the site answers to a path. */
  record Page(String path, int status, int size) {

    byte[] body() {
      return Bodies.of(path, size);
    }

    String tag() {
      return "\"" + Integer.toHexString(path.hashCode()) + "-" + size + "\"";
    }

    String headers() {
      if (status == 301) {
        return "Location: " + path + "/\r\nCache-Control: max-age=3600\r\n";
      }
      return status >= 500
          ? "Cache-Control: no-store\r\n"
          : "ETag: " + tag() + "\r\nCache-Control: max-age=3600\r\n";
    }
  }

  LoggedSite(List<Line> lines) {
    for (Line line : lines) {
      if (line.tellsOfThePage()) {
        pages.putIfAbsent(line.path, new Page(line.path, 200, line.size));
      }
    }
    for (Line line : lines) {
      int status =
          line.status == 304 || line.status == 206 || line.status == 416 ? 200 : line.status;
      pages.putIfAbsent(line.path, new Page(line.path, status, line.size));
    }
  }

  /** Returns the page of a path. */
  Page page(String path) {
    return pages.getOrDefault(path, new Page(path, 404, 200));
  }
}
