package org.cistern.answer;

import java.time.Instant;
import java.util.Set;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/** All of an answer but its body, in bytes; see the grammar at {@link AnswerCodec}. */
final class AnswerHead {

  private static final int NANOS_OF_SECOND = 1_000_000_000;

  private AnswerHead() {}

  static void write(Answer answer, ByteSink sink) {
    target(answer.target(), sink);
    sink.text(answer.method());
    sink.number(answer.status());
    lines(answer.headers(), sink);
    time(answer.requestTime(), sink);
    time(answer.responseTime(), sink);
    time(answer.expires(), sink);
    lines(answer.varied(), sink);
    sink.texts(answer.vary());
    sink.texts(answer.tags());
    sink.text(answer.rule());
    sink.optional(answer.owner());
    sink.fixed8(answer.position().epoch());
    sink.fixed8(answer.position().number());
  }

  /** Returns the answer, or null where the bytes are not exactly a head. */
  static @Nullable Answer read(ByteSource source, Body body) {
    Target target = new Target(source.text(), source.text(), source.text(), source.optional());
    String method = source.text();
    int status = source.number();
    Headers headers = source.lines();
    Instant requestTime = time(source);
    Instant responseTime = time(source);
    Instant expires = time(source);
    Answer answer =
        new Answer(
            target,
            method,
            status,
            headers,
            body,
            requestTime,
            responseTime,
            source.lines(),
            source.texts(),
            Set.copyOf(source.texts()),
            source.text(),
            source.optional(),
            expires,
            new Position(source.fixed8(), source.fixed8()));
    return source.isSound() ? answer : null;
  }

  private static void target(Target target, ByteSink sink) {
    sink.text(target.scheme());
    sink.text(target.host());
    sink.text(target.path());
    sink.optional(target.query());
  }

  private static void lines(Headers headers, ByteSink sink) {
    sink.lines(headers.size(), headers::each);
  }

  private static void time(Instant time, ByteSink sink) {
    sink.fixed8(time.getEpochSecond());
    sink.fixed4(time.getNano());
  }

  private static Instant time(ByteSource source) {
    long seconds = source.fixed8();
    int nanos = source.fixed4();
    boolean exists =
        seconds >= Instant.MIN.getEpochSecond()
            && seconds <= Instant.MAX.getEpochSecond()
            && nanos >= 0
            && nanos < NANOS_OF_SECOND;
    if (!exists) {
      source.distrust();
      return Instant.EPOCH;
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
