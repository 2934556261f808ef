package org.cistern.faults;

/** How an origin that is to break off says where its body ends. */
enum Framing {
  LENGTH("Content-Length: " + CutUpstreamTest.LENGTH, "", ""),
  CHUNKED(
      "Transfer-Encoding: chunked",
      Integer.toHexString(CutUpstreamTest.LENGTH) + "\r\n",
      "\r\n0\r\n\r\n"),
  CLOSE("Connection: close", "", ""),
  RESET("Connection: close", "", "");

  private final String before;
  private final String after;

  Framing(String field, String before, String after) {
    this.before = "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\n" + field + "\r\n\r\n" + before;
    this.after = after;
  }

  String whole(String body) {
    return before + body + after;
  }

  String part(String body, int at) {
    return before + body.substring(0, at);
  }

  String rule() {
    return this == CLOSE ? "skip" : "store";
  }

  /**
   * A reset can take the head with it before it is read; the request is sent again then, and
   * answered whole.
   */
  boolean allows(Outcome outcome) {
    return switch (this) {
      case CLOSE -> true;
      case RESET -> outcome != Outcome.PART;
      default -> outcome == Outcome.FAILURE;
    };
  }

  /** Where the answer is not to be kept, who joined goes alone and is answered whole. */
  boolean allowsInSilence(Outcome outcome) {
    return outcome == Outcome.FAILURE || (this == CLOSE && outcome == Outcome.WHOLE);
  }

  /** Whether the end of the connection ends the body, in order or not. */
  boolean closes() {
    return this == CLOSE || this == RESET;
  }

  /** What a client saw. */
  enum Outcome {
    WHOLE,
    PART,
    FAILURE
  }
}
