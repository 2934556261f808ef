package org.cistern.camel.engine.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;

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
    ByteBuf bytes = ((BufferImpl) data).byteBuf();
    for (int i = next(bytes, 0); i < bytes.writerIndex() && !isPassed(); i = next(bytes, i + 1)) {
      pass(bytes.getByte(i));
    }
  }

  /** Where nothing has matched, nothing does before a line begins; files have few. */
  private int next(ByteBuf bytes, int from) {
    if (matched > 0) {
      return from;
    }
    int begin = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
    return begin < 0 ? bytes.writerIndex() : begin;
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
