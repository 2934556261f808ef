package org.cistern.http.forwarding;

import org.cistern.http.FieldSyntax;

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
}
