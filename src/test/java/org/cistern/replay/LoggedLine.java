package org.cistern.replay;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of an access log in Apache's combined form. */
record LoggedLine(String method, String path, int status, int size) {

  private static final Pattern LINE =
      Pattern.compile("^\\S+ \\S+ \\S+ \\[[^]]*] \"(\\S+) (\\S+) [^\"]*\" (\\d+) (\\d+|-)");

  private static final Pattern CONTROL = Pattern.compile("^[^?]*%([01]\\p{XDigit}|7[Ff])");

  /** Returns a line, or null where it is none. */
  static @Nullable LoggedLine of(String text) {
    Matcher match = LINE.matcher(text);
    return match.find()
        ? new LoggedLine(
            match.group(1),
            match.group(2),
            Integer.parseInt(match.group(3)),
            match.group(4).equals("-") ? 0 : Integer.parseInt(match.group(4)))
        : null;
  }

  /** Whether a gateway that lets no control character through refuses it, escaped or not. */
  boolean isRefused() {
    return CONTROL.matcher(path).find();
  }

  boolean tellsOfThePage() {
    return status == 200 && !method.equals("HEAD");
  }

  /** Whether the status follows from conditions and ranges of the request. */
  boolean tellsOfTheRequest() {
    return status == 304 || status == 206 || status == 416;
  }

  /** Returns the fields that the client must have sent to get this status. */
  Map<String, String> asked(LoggedSite.Page page) {
    return switch (status) {
      case 304 -> Map.of("if-none-match", page.tag());
      case 206 -> Map.of("range", page.firstHalf());
      case 416 -> Map.of("range", page.beyond());
      default -> Map.of();
    };
  }
}
