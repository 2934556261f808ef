package org.cistern.http.uri;

/** Why a request target is refused, with the status and the sentence for the client. */
public enum TargetRefusal implements TargetOutcome {
  /** The request line holds no target at all. */
  EMPTY(400, "The request has no target."),
  /** Neither origin-form, absolute-form nor, for OPTIONS, an asterisk. */
  FORM(400, "The request target must begin with a slash or be an absolute http or https URI."),
  /** A tunnel was asked for; a gateway has nowhere to open it to. */
  CONNECT(501, "This gateway opens no tunnels: CONNECT is not supported."),
  /** The scheme is not one that a gateway for HTTP speaks. */
  SCHEME(400, "The scheme of the request target must be http or https."),
  /** The absolute-form names another scheme than the connection has. */
  SCHEME_MISMATCH(421, "The scheme of the request target is not that of the connection."),
  /** No Host field, no :authority, or an empty one. */
  HOST_MISSING(400, "The request names no host."),
  /** The host holds a character that no host name has, or is a broken IP literal. */
  HOST_INVALID(400, "The host must be a name of letters, digits, '-', '_' and '.', or an IP."),
  /** User information before the host, which only ever deceives. */
  USERINFO(400, "The host must not carry user information ('@')."),
  /** The port is not a number from 1 to 65535. */
  PORT(400, "The port must be a number from 1 to 65535."),
  /** A control character or white space, raw. */
  CONTROL(400, "The request target must not contain control characters or white space."),
  /** A control character in the path, percent-encoded. */
  ENCODED_CONTROL(400, "The path must not contain percent-encoded control characters."),
  /** A backslash in the path, raw or percent-encoded, which some servers read as a slash. */
  BACKSLASH(400, "The path must not contain a backslash."),
  /** A percent sign in the path without two hexadecimal digits. */
  BAD_ESCAPE(400, "A percent sign in the path must be followed by two hexadecimal digits."),
  /** A segment that is {@code .} or {@code ..} after decoding, with or without parameters. */
  DOT_SEGMENT(400, "The path must not contain '.' or '..' segments, encoded or not."),
  /** A fragment, which never belongs on the wire. */
  FRAGMENT(400, "The request target must not contain a fragment ('#')."),
  /** A character above U+00FF, which no byte on the wire can have been. */
  NOT_BYTES(400, "The request target must consist of bytes.");

  private final int status;
  private final String sentence;

  TargetRefusal(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  /** Returns the status code to answer with: 400, 421 or 501. */
  public int status() {
    return status;
  }

  /** Returns the reason in words; it never repeats what the client sent. */
  public String sentence() {
    return sentence;
  }

  /** Returns why this character cannot stand raw in a target; it must be one that cannot. */
  static TargetRefusal ofCharacter(char character) {
    if (character > 0xFF) {
      return NOT_BYTES;
    }
    return switch (character) {
      case '#' -> FRAGMENT;
      case '\\' -> BACKSLASH;
      default -> CONTROL;
    };
  }
}
