package org.cistern.camel.call;

import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.MediaTypes;
import org.cistern.http.ResponseDirectives;

/** Which answers are coded for clients that accept it: those that gain by it and allow it. */
final class Codable {

  /** Below, the head weighs more than what coding saves. */
  private static final int SMALLEST = 512;

  private Codable() {}

  static boolean is(Answer answer) {
    Headers headers = answer.headers();
    return answer.body().size() >= SMALLEST
        && answer.status() == 200
        && !headers.has("content-encoding")
        && !headers.has("content-range")
        && MediaTypes.isCompressible(headers.first("content-type"))
        && !ResponseDirectives.of(headers).noTransform();
  }
}
