package org.cistern.http;

/**
 * The Via field (RFC 9110 section 7.6.3): the trail of a message through its intermediaries.
 *
 * @param pseudonym the name under which we write ourselves down, a token; gateways that may stand
 *     one behind the other should have different ones
 */
public record Via(String pseudonym) {

  /** The name that is used where nothing else is said. */
  public static final Via CISTERN = new Via("cistern");

  /** Checks the name; throws {@link IllegalArgumentException} with a sentence where it is none. */
  public Via {
    if (!FieldSyntax.isToken(pseudonym)) {
      throw new IllegalArgumentException(
          "the name for Via, '" + pseudonym + "', must consist of letters, digits and -._~");
    }
  }

  /**
   * Returns our own entry.
   *
   * @param received the version of HTTP that the message came in: {@code 1.0}, {@code 1.1}, {@code
   *     2}
   */
  public String entry(String received) {
    return received + ' ' + pseudonym;
  }

  /** Returns the fields with our entry in a line of its own behind those that are there. */
  public Headers appended(Headers fields, String received) {
    return fields.toBuilder().add("Via", entry(received)).build();
  }

  /**
   * Returns how often the message has passed here, by our name: a request that has been here before
   * runs in a circle, unless gateways of the same name stand one behind the other by intent.
   */
  public int visits(Fields fields) {
    if (!fields.has("Via")) {
      return 0;
    }
    int visits = 0;
    for (String line : fields.all("Via")) {
      visits += visits(line);
    }
    return visits;
  }

  private int visits(String line) {
    int visits = 0;
    for (String entry : withoutComments(line).split(",", -1)) {
      String[] parts = entry.strip().split("[ \t]+", -1);
      visits += parts.length > 1 && parts[1].equalsIgnoreCase(pseudonym) ? 1 : 0;
    }
    return visits;
  }

  // Comments may hold commas and our name, and nest (RFC 9110 section 5.6.5).
  private static String withoutComments(String line) {
    StringBuilder text = new StringBuilder(line.length());
    int depth = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        text.append(c);
      }
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return text.toString();
  }
}
