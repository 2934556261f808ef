package org.cistern.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cistern.faults.Bodies;
import org.jspecify.annotations.Nullable;

/**
 * The site that an access log tells of. What a method and path answers follows from the log alone:
 * a page is as large as in its first line with status 200; what never was answered 200 has the
 * status of its first line. Lines with 304, 206 and 416 say what the client asked for, not what the
 * page is: they are replayed with If-None-Match and Range.
 *
 * <p>The log has no header fields. Of pages and redirects the site says that they are fresh for an
 * hour, so that the shipped rules, which follow the origin, keep them; of its failures, that they
 * are not to be kept.
 */
final class LoggedSite {

  private static final String MODIFIED = "Sun, 17 May 2015 10:00:00 GMT";

  private final Map<String, Page> pages = new HashMap<>();

  LoggedSite(List<LoggedLine> lines) {
    for (LoggedLine line : lines) {
      if (line.tellsOfThePage()) {
        pages.putIfAbsent(line.path(), new Page(line.path(), 200, line.size()));
      }
    }
    for (LoggedLine line : lines) {
      int status = line.tellsOfTheRequest() ? 200 : line.status();
      pages.putIfAbsent(line.path(), new Page(line.path(), status, line.size()));
    }
  }

  /** Returns the page of a path. */
  Page page(String path) {
    return pages.getOrDefault(path, new Page(path, 404, 200));
  }

  /** What the site answers to a path that is asked for without conditions. */
  record Page(String path, int status, int size) {

    /** Returns the ETag. */
    String tag() {
      return "\"" + Integer.toHexString(path.hashCode()) + "-" + size + "\"";
    }

    /** Returns the range that a client with status 206 has asked for: the first half. */
    String firstHalf() {
      return "bytes=0-" + (half() - 1);
    }

    /** Returns the range that a client with status 416 has asked for: behind the end. */
    String beyond() {
      return "bytes=" + size + "-";
    }

    private int half() {
      return Math.max(1, size / 2);
    }

    /** Returns what the site sends; conditions and ranges are met by what there is alone. */
    SiteReply reply(String method, Map<String, String> asked) {
      boolean read = status == 200 && (method.equals("GET") || method.equals("HEAD"));
      if (read && tag().equals(asked.get("if-none-match"))) {
        return new SiteReply(304, described(), new byte[0]);
      }
      SiteReply reply = method.equals("GET") && read ? ranged(asked.get("range")) : whole();
      return method.equals("HEAD") ? reply.withoutBody() : reply;
    }

    private SiteReply ranged(@Nullable String range) {
      if (firstHalf().equals(range) && size > 0) {
        byte[] part = Arrays.copyOf(body(), half());
        return SiteReply.of(206, content(), part)
            .with("content-range", "bytes 0-" + (half() - 1) + "/" + size);
      }
      return beyond().equals(range)
          ? SiteReply.of(416, Map.of(), new byte[0]).with("content-range", "bytes */" + size)
          : whole();
    }

    private SiteReply whole() {
      return SiteReply.of(status, content(), body());
    }

    private byte[] body() {
      return Bodies.of(path, size);
    }

    private Map<String, String> content() {
      Map<String, String> fields = described();
      fields.put("content-type", type());
      return fields;
    }

    /** Returns the fields that are not of the content. */
    private Map<String, String> described() {
      Map<String, String> fields = new TreeMap<>();
      fields.put("server", "Apache");
      fields.put("cache-control", status >= 500 ? "no-store" : "public, max-age=3600");
      if (status == 200) {
        fields.put("etag", tag());
        fields.put("last-modified", MODIFIED);
      } else if (status == 301) {
        fields.put("location", path + "/");
      }
      return fields;
    }

    private String type() {
      String file = path.toLowerCase(Locale.ROOT).replaceFirst("[?#].*", "");
      return switch (file.substring(file.lastIndexOf('.') + 1)) {
        case "png" -> "image/png";
        case "jpg", "jpeg" -> "image/jpeg";
        case "gif" -> "image/gif";
        case "ico" -> "image/x-icon";
        case "css" -> "text/css";
        case "js" -> "application/javascript";
        default -> "text/html; charset=UTF-8";
      };
    }
  }
}
