package org.cistern.http.forwarding;

import java.util.random.RandomGenerator;
import org.cistern.http.HexDigits;
import org.cistern.http.UriCharacters;
import org.jspecify.annotations.Nullable;

/** The name of one request in logs and in {@code X-Request-Id}. */
public final class RequestId {

  /** The longest that is taken over from a client, in characters. */
  public static final int LONGEST = 128;

  private RequestId() {}

  /** Returns the id offered where it is acceptable, else a new one of 32 hexadecimal digits. */
  public static String of(@Nullable String offered, RandomGenerator random) {
    return offered != null && isAcceptable(offered)
        ? offered
        : HexDigits.of(random.nextLong()) + HexDigits.of(random.nextLong());
  }

  /**
   * Tells whether an id from outside can be taken over: 1 to {@link #LONGEST} letters, digits and
   * {@code -._~:/+=@}, so that it stands unquoted in any log, shell or URL.
   */
  public static boolean isAcceptable(String id) {
    return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(RequestId::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return UriCharacters.isUnreserved(c) || ":/+=@".indexOf(c) >= 0;
  }
}
