package org.cistern.camel.call;

import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.MediaTypes;
import org.cistern.http.directive.DeltaSeconds;
import org.cistern.http.directive.ResponseDirectives;
import org.jspecify.annotations.Nullable;

/** Which answers are coded for clients that accept it: those that gain by it and allow it. */
final class Codable {

  /** Below, the head weighs more than what coding saves. */
  private static final int SMALLEST = 512;

  private Codable() {}

  static boolean is(Answer answer) {
    return answer.body().size() >= SMALLEST && is(answer.status(), answer.headers());
  }

  /** Tells whether a response with this head is, if its content is large enough. */
  static boolean is(int status, Headers headers) {
    return status == 200
        && !isSmall(headers.first("content-length"))
        && !headers.has("content-encoding")
        && !headers.has("content-range")
        && MediaTypes.isCompressible(headers.first("content-type"))
        && !ResponseDirectives.forbidTransform(headers);
  }

  private static boolean isSmall(@Nullable String length) {
    return length != null && DeltaSeconds.parse(length.strip()) < SMALLEST;
  }
}
