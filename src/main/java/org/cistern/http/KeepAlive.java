package org.cistern.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a peer says in {@code Keep-Alive} of how long it keeps an idle connection. */
public final class KeepAlive {

  /** The peer says nothing of it. */
  public static final int UNSAID = Integer.MAX_VALUE;

  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,9})(?!\\d)", Pattern.CASE_INSENSITIVE);

  private KeepAlive() {}

  /**
   * Returns the seconds of a field as it is written today (RFC 2068 section 19.7.1.1 left its
   * parameters open), or {@link #UNSAID} where it says none that can be meant.
   */
  public static int seconds(String field) {
    Matcher said = TIMEOUT.matcher(field);
    return said.find() ? Integer.parseInt(said.group(1)) : UNSAID;
  }
}
