package org.cistern.camel.coding;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.CodedTag;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.freshness.Conditions;
import org.cistern.http.Digests;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.range.ByteRange;
import org.cistern.http.range.ByteRanges;
import org.cistern.http.range.ContentRange;
import org.cistern.http.range.RangeOutcome;

/**
 * The form in which an answer goes to a client: whole, a part, or only word that it still holds.
 */
public final class Forms {

  private Forms() {}

  /** Returns the form of a stored answer; the same reply where it goes out as it is. */
  public static Reply ofStored(ClientCall call, Reply reply, Prepared stored, Instant now) {
    if (reply.status() == 206) {
      return reply;
    }
    Answer answer = stored.facts().answer();
    return switch (Conditions.evaluate(call, answer, now)) {
      case FULL -> reply;
      case NOT_MODIFIED -> notModified(call, reply);
      case PRECONDITION_FAILED -> failed(reply);
      case PARTIAL ->
          stored.codable() && resumesByDate(call, now)
              ? reply
              : partial(call, reply, reply.whole().length());
    };
  }

  /** A date is the same for both forms: the bytes that the client has may be of the coded one. */
  private static boolean resumesByDate(ClientCall call, Instant now) {
    return HttpDate.parse(call.fields().first("if-range"), now) != null;
  }

  /**
   * Returns the form of an answer that a flight brings: the upstream did not see the client's
   * conditions, so they are put to it here. What a client fetched alone stays as it is.
   */
  public static Reply ofPassing(ClientCall call, Reply reply, InstantSource clock) {
    if (!call.passage().flew() || reply.live() == null) {
      return reply.status() == 304 ? knownTo(call, reply) : reply;
    }
    Instant now = clock.instant();
    return switch (Conditions.evaluate(call, head(call, reply, now), now)) {
      case NOT_MODIFIED -> notModified(call, cancelled(reply));
      case PRECONDITION_FAILED -> failed(cancelled(reply));
      case FULL -> reply;
      case PARTIAL ->
          reply.length() < 0 || resumesByDate(call, now)
              ? reply
              : partial(call, reply, reply.length());
    };
  }

  /** The client wants nothing of the body; the flight goes on where its answer is kept. */
  private static Reply cancelled(Reply reply) {
    reply.cancel();
    return reply;
  }

  private static Reply failed(Reply reply) {
    return Reply.whole(412, Lines.none(), Buffer.buffer(0)).keeping(reply);
  }

  /** The upstream's word that the client's copy holds, with the tag that the client knows. */
  private static Reply knownTo(ClientCall call, Reply reply) {
    String tag = reply.headers().first("ETag");
    String known = CodedTag.known(tag, call.fields());
    if (known != null && !known.equals(tag)) {
      reply.edit("etag", List.of(known));
    }
    return reply;
  }

  private static Answer head(ClientCall call, Reply reply, Instant now) {
    return new Answer(
        call.target(),
        call.method(),
        reply.status(),
        reply.headers(),
        Body.empty(),
        now,
        now,
        Headers.empty(),
        List.of(),
        Set.of(),
        "",
        null,
        now,
        new Position(0, 0));
  }

  /** Section 15.4.5: it carries the tag that a 200 would, which is that of the client's form. */
  private static Reply notModified(ClientCall call, Reply reply) {
    Headers head = Conditions.notModified(reply.lines().headers());
    String known = CodedTag.known(head.first("ETag"), call.fields());
    return Reply.bare(304, Lines.of(known == null ? head : tagged(head, known))).keeping(reply);
  }

  private static Headers tagged(Headers head, String known) {
    return known.equals(head.first("ETag"))
        ? head
        : Digests.withoutAny(head.toBuilder()).set("ETag", known).build();
  }

  private static Reply partial(ClientCall call, Reply reply, long length) {
    RangeOutcome outcome = ByteRanges.resolve(call.fields().joined("range"), length);
    if (outcome instanceof RangeOutcome.Unsatisfiable) {
      return beyond(cancelled(reply), length);
    }
    boolean single =
        outcome instanceof RangeOutcome.Satisfiable satisfiable && satisfiable.isSingle();
    return single ? part(reply, (RangeOutcome.Satisfiable) outcome) : reply;
  }

  private static Reply beyond(Reply reply, long length) {
    Headers head = Headers.of("Content-Range", ContentRange.unsatisfied(length).format());
    return Reply.whole(416, Lines.of(head), Buffer.buffer(0)).keeping(reply);
  }

  private static Reply part(Reply reply, RangeOutcome.Satisfiable ranges) {
    ByteRange range = ranges.ranges().get(0);
    Headers head =
        Digests.withoutContents(reply.lines().headers().toBuilder())
            .set("Content-Range", ContentRange.of(range, ranges.length()).format())
            .build();
    return part(reply, Lines.of(head), range).keeping(reply);
  }

  private static Reply part(Reply reply, Lines lines, ByteRange range) {
    ReadStream<Buffer> live = reply.live();
    if (live == null) {
      Buffer bytes = reply.whole().slice((int) range.first(), (int) range.last() + 1);
      return Reply.whole(206, lines, bytes);
    }
    Slice slice = new Slice(live, range, reply::cancel);
    return Reply.live(206, lines, slice, range.length(), Headers::empty, reply::cancel);
  }
}
