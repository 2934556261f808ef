package org.cistern.upstream.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a peer says in {@code Keep-Alive} of how long it keeps an idle connection. */
final class KeepAlive {

  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,9})(?!\\d)", Pattern.CASE_INSENSITIVE);

  private KeepAlive() {}

  /** Returns the seconds, or the largest number where it says none that can be meant. */
  static int seconds(String field) {
    Matcher said = TIMEOUT.matcher(field);
    return said.find() ? Integer.parseInt(said.group(1)) : Integer.MAX_VALUE;
  }
}
