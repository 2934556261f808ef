package org.cistern.camel.engine.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;

/**
 * Looks out for the line that closes a form while its bytes pass (RFC 2046 section 5.1.1): without
 * it the form was cut, and its last field is lost.
 */
final class FormEnd {

  private final byte[] line;

  /** The form itself begins a line. */
  private int matched = 1;

  FormEnd(String boundary) {
    this.line = ("\n--" + boundary + "--").getBytes(ISO_8859_1);
  }

  void pass(Buffer data) {
    for (int i = 0; i < data.length() && !isPassed(); i++) {
      pass(data.getByte(i));
    }
  }

  /** Only the first character can begin the line anew: no boundary has one like it. */
  private void pass(byte next) {
    if (next == line[matched]) {
      matched++;
    } else {
      matched = next == line[0] ? 1 : 0;
    }
  }

  boolean isPassed() {
    return matched == line.length;
  }
}
