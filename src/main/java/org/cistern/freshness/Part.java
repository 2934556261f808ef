package org.cistern.freshness;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Digests;
import org.cistern.http.EntityTag;
import org.cistern.http.Headers;
import org.cistern.http.range.ByteRange;
import org.cistern.http.range.ByteRanges;
import org.cistern.http.range.ContentRange;
import org.cistern.http.range.RangeOutcome;
import org.cistern.http.uri.Request;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer that has some of the content's bytes alone (RFC 9111 section 3.3). Its status is
 * that of the whole; its Content-Range says where the bytes belong.
 *
 * @param answer the answer
 * @param first the index of its first byte
 * @param total the length of the whole content in bytes
 */
public record Part(Answer answer, long first, long total) {

  private static final String CONTENT_RANGE = "Content-Range";

  private static final String[] CONDITIONS = {
    "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"
  };

  /** Decides about a 206: it is kept, as a part, where the whole would be; else null. */
  public static Storing.@Nullable Keep decide(Asked asked, Received response) {
    if (response.status() != 206 || !asked.isGet() || range(response.headers()) == null) {
      return null;
    }
    Received whole =
        new Received(
            200,
            response.headers(),
            response.length(),
            response.closeDelimited(),
            response.maimed(),
            response.codedHere(),
            response.askedUnder(),
            response.requestTime(),
            response.responseTime());
    return Storing.decide(asked, whole).keep();
  }

  /**
   * Returns what an answer has of its content, or null where it does not say. Fewer bytes than it
   * says are an incomplete part: they are those from the first on.
   */
  public static @Nullable Part of(Answer answer) {
    ContentRange range = range(answer.headers());
    ByteRange bytes = range == null ? null : range.range();
    Long total = range == null ? null : range.complete();
    int size = answer.body().size();
    return bytes == null || total == null || size == 0 || size > bytes.length()
        ? null
        : new Part(answer, bytes.first(), total);
  }

  private static @Nullable ContentRange range(Headers headers) {
    String field = headers.all(CONTENT_RANGE).size() == 1 ? headers.first(CONTENT_RANGE) : null;
    ContentRange range = field == null ? null : ContentRange.parse(field);
    return range == null || range.range() == null || range.complete() == null ? null : range;
  }

  /** Returns the bytes that it has. */
  public ByteRange bytes() {
    return new ByteRange(first, first + answer.body().size() - 1);
  }

  /** Returns the range that a request asks for, or null where not all of it is here. */
  public @Nullable ByteRange asked(Request request, Instant now) {
    ByteRange range = wanted(request, now);
    if (range == null || bytes().holds(range)) {
      return range;
    }
    boolean end = ByteRanges.isSuffix(request.fields().joined("range")) && isSaidToEnd();
    return end && range.length() <= bytes().length() ? endOf(range.length()) : cameOf(range);
  }

  /** The origin says that these bytes run to the content's end, and no tag allows to ask again. */
  private boolean isSaidToEnd() {
    ContentRange label = range(answer.headers());
    boolean said = label != null && label.range() != null && label.range().last() == total - 1;
    return said && !hasStrongTag();
  }

  /**
   * Returns the last bytes of what came. A suffix asks for the end and not for positions, and of
   * two words of the origin that contradict each other the framing says where it came to its end.
   */
  private ByteRange endOf(long length) {
    long last = bytes().last();
    return new ByteRange(last + 1 - length, last);
  }

  /**
   * Returns what came of a range that the origin says it sent, where no tag allows to fetch the
   * rest. A 206 may have less than was asked for: it says what it has (RFC 9110 section 15.3.7).
   */
  private @Nullable ByteRange cameOf(ByteRange range) {
    ContentRange label = range(answer.headers());
    boolean sent = label != null && label.range() != null && label.range().holds(range);
    return sent && range.first() <= bytes().last() && !hasStrongTag()
        ? new ByteRange(range.first(), bytes().last())
        : null;
  }

  private boolean hasStrongTag() {
    EntityTag tag = EntityTag.parse(answer.headers().first("ETag"));
    return tag != null && !tag.weak();
  }

  /** Returns the same, said to be no more than it is. */
  public Part labelledAsItIs() {
    Headers headers = updated(answer.headers(), bytes());
    return new Part(answer.with(headers, answer.body(), answer.position()), first, total);
  }

  private @Nullable ByteRange wanted(Request request, Instant now) {
    if (Conditions.evaluate(request, answer, now) != Conditions.Outcome.PARTIAL) {
      return null;
    }
    RangeOutcome wanted = ByteRanges.resolve(request.fields().joined("range"), total);
    return wanted instanceof RangeOutcome.Satisfiable satisfiable && satisfiable.isSingle()
        ? satisfiable.ranges().get(0)
        : null;
  }

  /**
   * Returns what has to be fetched for a range that a request asks for, where that is one stretch
   * and the rest is here; else null. Without a strong tag nobody can say that both are of the same
   * content, and where the request has other conditions it is the origin's to judge them.
   */
  public @Nullable Remainder remainder(Request request, Instant now) {
    String tag = hasStrongTag() ? answer.headers().first("ETag") : null;
    boolean plain = Stream.of(CONDITIONS).noneMatch(request.fields()::has);
    ByteRange range = plain ? wanted(request, now) : null;
    ByteRange missing = range == null ? null : missing(range);
    return range == null || missing == null || tag == null
        ? null
        : new Remainder(range, missing, tag, total);
  }

  private @Nullable ByteRange missing(ByteRange range) {
    ByteRange own = bytes();
    boolean begin = own.first() <= range.first() && range.first() <= own.last();
    boolean end = own.first() <= range.last() && range.last() <= own.last();
    if (begin == end) {
      return null;
    }
    return begin
        ? new ByteRange(own.last() + 1, range.last())
        : new ByteRange(range.first(), own.first() - 1);
  }

  /**
   * Returns this part with the bytes of an older one, where both have the same strong tag and leave
   * no gap (RFC 9111 section 3.4); else this one alone.
   */
  public Part joined(Part older, long maxSize) {
    ByteRange both = bytes().with(older.bytes());
    boolean fit = bytes().meets(older.bytes()) && both.length() <= maxSize;
    if (!fit || !isOfTheSame(older)) {
      return this;
    }
    byte[] all = new byte[(int) both.length()];
    older.copyTo(all, both.first());
    copyTo(all, both.first());
    Headers headers = older.updated(answer.headers(), both);
    Position position = earlier(answer.position(), older.answer.position());
    return new Part(answer.with(headers, Body.of(all), position), both.first(), total);
  }

  /**
   * Returns the fields of a range of this content after a newer part of it came: the newer ones
   * replace those of the same name, the others stay (RFC 9111 section 3.4). A part that was asked
   * for with {@code If-Range} may leave out what does not change.
   */
  public Headers updated(Headers newer, ByteRange range) {
    Headers.Builder fields = newer.toBuilder();
    answer
        .headers()
        .each(
            (name, value) -> {
              if (!newer.has(name) && !name.equalsIgnoreCase("Age")) {
                fields.add(name, value);
              }
            });
    return Digests.withoutContents(fields)
        .set(CONTENT_RANGE, ContentRange.of(range, total).format())
        .set("Content-Length", Long.toString(range.length()))
        .build();
  }

  private boolean isOfTheSame(Part older) {
    EntityTag own = EntityTag.parse(answer.headers().first("ETag"));
    EntityTag other = EntityTag.parse(older.answer.headers().first("ETag"));
    boolean same = own != null && other != null && own.stronglyEquals(other);
    return same
        && total == older.total
        && Objects.equals(answer.owner(), older.answer.owner())
        && answer.position().epoch() == older.answer.position().epoch();
  }

  private static Position earlier(Position one, Position other) {
    return one.number() <= other.number() ? one : other;
  }

  private void copyTo(byte[] all, long start) {
    System.arraycopy(answer.body().bytes(), 0, all, (int) (first - start), answer.body().size());
  }

  /** Tells whether it has every byte. */
  public boolean isWhole() {
    return first == 0 && answer.body().size() == total;
  }

  /** Returns it as the whole that it is. */
  public Answer whole() {
    Headers headers =
        Digests.withoutContents(answer.headers().toBuilder())
            .remove(CONTENT_RANGE)
            .set("Content-Length", Long.toString(total))
            .build();
    return answer.with(headers, answer.body(), answer.position());
  }
}
