package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.http.range.ByteRange;
import org.cistern.http.uri.Target;
import org.cistern.rule.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Parts of contents (RFC 9111 sections 3.3 and 3.4). */
class PartTest {

  private static final String WHOLE = "0123456789";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Answer answer(String range, String body, String tag, long position) {
    return new Answer(
        new Target("http", "a", "/", null),
        "GET",
        200,
        Headers.of("Content-Range", range, "ETag", tag),
        Body.of(body.getBytes(StandardCharsets.UTF_8)),
        NOW,
        NOW,
        Headers.empty(),
        List.of(),
        Set.of(),
        "all",
        null,
        NOW,
        new Position(1, position));
  }

  private static Part part(int from, int to, String tag, long position) {
    String range = "bytes " + from + "-" + to + "/10";
    return Objects.requireNonNull(
        Part.of(answer(range, WHOLE.substring(from, to + 1), tag, position)));
  }

  private static String text(Part part) {
    return new String(part.answer().body().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("3.4 MUST: parts are combined by the same strong tag alone")
  void onlyTheSameStrongTagJoins() {
    Part newer = part(4, 6, "\"a\"", 2);

    assertThat(text(newer.joined(part(0, 4, "\"a\"", 1), 10))).isEqualTo("0123456");
    assertThat(newer.joined(part(0, 4, "\"b\"", 1), 10)).isEqualTo(newer);
    assertThat(part(4, 6, "W/\"a\"", 2).joined(part(0, 4, "W/\"a\"", 1), 10).first()).isEqualTo(4);
    assertThat(part(4, 6, "a", 2).joined(part(0, 4, "a", 1), 10).first()).isEqualTo(4);
  }

  @Test
  void aGapOrTooManyBytesKeepTheNewerAlone() {
    Part newer = part(6, 9, "\"a\"", 2);

    assertThat(newer.joined(part(0, 4, "\"a\"", 1), 10)).isEqualTo(newer);
    assertThat(newer.joined(part(0, 5, "\"a\"", 1), 9)).isEqualTo(newer);
  }

  @Test
  void whatIsJoinedIsAsOldInThePurgeLogAsItsOlderPart() {
    Part joined = part(4, 9, "\"a\"", 7).joined(part(0, 4, "\"a\"", 3), 10);

    assertThat(joined.isWhole()).isTrue();
    assertThat(joined.answer().position().number()).isEqualTo(3);
    assertThat(joined.whole().headers().has("Content-Range")).isFalse();
    assertThat(joined.whole().headers().first("Content-Length")).isEqualTo("10");
  }

  @Test
  void moreBytesThanLabelledAreNoPartAndFewerAreThoseThatCame() {
    assertThat(Part.of(answer("bytes 4-6/10", "4567", "\"a\"", 1))).isNull();
    assertThat(Part.of(answer("bytes 4-6/*", "456", "\"a\"", 1))).isNull();
    assertThat(Part.of(answer("lines 4-6/10", "456", "\"a\"", 1))).isNull();
    Part cut = Objects.requireNonNull(Part.of(answer("bytes 4-9/10", "45678", "\"a\"", 1)));
    assertThat(cut.bytes().last()).isEqualTo(8);
  }

  @Property
  void joiningNeverMakesUpAByte(
      @ForAll @IntRange(max = 9) int a,
      @ForAll @IntRange(max = 9) int b,
      @ForAll @IntRange(max = 9) int c,
      @ForAll @IntRange(max = 9) int d) {
    Part newer = part(Math.min(a, b), Math.max(a, b), "\"a\"", 2);
    Part joined = newer.joined(part(Math.min(c, d), Math.max(c, d), "\"a\"", 1), 10);

    assertThat(text(joined))
        .isEqualTo(WHOLE.substring((int) joined.bytes().first(), (int) joined.bytes().last() + 1));
    assertThat(joined.bytes().holds(newer.bytes())).isTrue();
  }

  private static Asked asking(String range, String... more) {
    Headers.Builder fields = Headers.builder().add("Range", "bytes=" + range);
    for (int i = 0; i < more.length; i += 2) {
      fields.add(more[i], more[i + 1]);
    }
    return new Asked("GET", new Target("http", "a", "/", null), fields.build());
  }

  private static @Nullable Remainder remainder(Part part, String range, String... more) {
    return part.remainder(asking(range, more), NOW);
  }

  private static void missing(Part part, String range, long first, long last) {
    Remainder rest = Objects.requireNonNull(remainder(part, range));
    assertThat(rest.missing()).isEqualTo(new ByteRange(first, last));
  }

  @Test
  @DisplayName("3.4 MAY: what is missing of a range is asked for where it is one stretch")
  void theMissingStretchIsWhatThePartHasNot() {
    Part part = part(3, 6, "\"a\"", 1);

    missing(part, "3-8", 7, 8);
    missing(part, "6-", 7, 9);
    missing(part, "0-3", 0, 2);
    missing(part, "2-6", 2, 2);
    for (String other : List.of("3-6", "4-5", "0-9", "0-2", "7-9", "7-", "0-4,8-8", "11-", "x")) {
      assertThat(remainder(part, other)).as(other).isNull();
    }
  }

  @Test
  @DisplayName("3.4 MUST: only a strong tag tells that both are of one content")
  void withoutAStrongTagNothingIsMissing() {
    assertThat(remainder(part(3, 6, "W/\"a\"", 1), "3-8")).isNull();
    assertThat(remainder(part(3, 6, "a", 1), "3-8")).isNull();
  }

  @Test
  void otherConditionsAreTheOriginsToJudge() {
    Part part = part(3, 6, "\"a\"", 1);

    assertThat(remainder(part, "3-8", "If-Range", "\"a\"")).isNotNull();
    assertThat(remainder(part, "3-8", "If-Range", "\"b\"")).isNull();
    for (String name : List.of("If-Match", "If-None-Match")) {
      assertThat(remainder(part, "3-8", name, "\"a\"")).as(name).isNull();
    }
    for (String name : List.of("If-Modified-Since", "If-Unmodified-Since")) {
      String date = "Thu, 01 Jan 2026 00:00:00 GMT";
      assertThat(remainder(part, "3-8", name, date)).as(name).isNull();
    }
  }

  @Test
  void theRestIsAskedForOnTheConditionThatItIsOfTheSame() {
    Remainder rest = Objects.requireNonNull(remainder(part(3, 6, "\"a\"", 1), "3-8", "X-A", "b"));
    Headers asked = rest.asked(asking("3-8", "If-Range", "\"a\"", "X-A", "b").headers());

    assertThat(asked.all("Range")).containsExactly("bytes=7-8");
    assertThat(asked.all("If-Range")).containsExactly("\"a\"");
    assertThat(asked.first("X-A")).isEqualTo("b");
  }

  @Test
  @DisplayName("3.4 MUST: nothing but the rest of the same content is taken for it")
  void nothingElseIsTheRest() {
    Remainder rest = Objects.requireNonNull(remainder(part(3, 6, "\"a\"", 1), "3-8"));

    assertThat(rest.isIn(Headers.of("Content-Range", "bytes 7-8/10", "ETag", "\"a\""))).isTrue();
    for (Headers other :
        List.of(
            Headers.of("Content-Range", "bytes 7-8/10", "ETag", "\"b\""),
            Headers.of("Content-Range", "bytes 7-8/10", "ETag", "W/\"a\""),
            Headers.of("Content-Range", "bytes 7-8/10"),
            Headers.of("Content-Range", "bytes 7-8/11", "ETag", "\"a\""),
            Headers.of("Content-Range", "bytes 7-8/*", "ETag", "\"a\""),
            Headers.of("Content-Range", "bytes 7-9/10", "ETag", "\"a\""),
            Headers.of("Content-Range", "bytes 3-8/10", "ETag", "\"a\""),
            Headers.of("Content-Range", "bytes */10", "ETag", "\"a\""),
            Headers.of("ETag", "\"a\""),
            Headers.of("Content-Range", "7-8", "Content-Range", "bytes 7-8/10", "ETag", "\"a\""),
            Headers.of(
                "Content-Range", "bytes 7-8/10", "ETag", "\"a\"", "Content-Encoding", "gzip"))) {
      assertThat(rest.isIn(other)).as(other.toString()).isFalse();
    }
  }

  @Test
  @DisplayName("3.4 MUST: the fields of the newer part replace the stored ones")
  void whatTheNewerPartLeavesOutStays() {
    Part older =
        Objects.requireNonNull(
            Part.of(
                answer("bytes 0-4/10", "01234", "\"a\"", 1)
                    .with(
                        Headers.of(
                            "Content-Range",
                            "bytes 0-4/10",
                            "ETag",
                            "\"a\"",
                            "X-A",
                            "old",
                            "Content-Type",
                            "text/plain",
                            "Content-Length",
                            "5",
                            "Age",
                            "7"),
                        Body.of("01234".getBytes(StandardCharsets.UTF_8)),
                        new Position(1, 1))));
    Part newer =
        Objects.requireNonNull(
            Part.of(
                answer("bytes 5-7/10", "567", "\"a\"", 2)
                    .with(
                        Headers.of(
                            "Content-Range",
                            "bytes 5-7/10",
                            "ETag",
                            "\"a\"",
                            "X-A",
                            "new",
                            "Content-Length",
                            "3"),
                        Body.of("567".getBytes(StandardCharsets.UTF_8)),
                        new Position(1, 2))));
    Headers joined = newer.joined(older, 10).answer().headers();

    assertThat(joined.all("X-A")).containsExactly("new");
    assertThat(joined.all("Content-Type")).containsExactly("text/plain");
    assertThat(joined.all("Content-Range")).containsExactly("bytes 0-7/10");
    assertThat(joined.all("Content-Length")).containsExactly("8");
    assertThat(joined.has("Age")).isFalse();
  }

  @Test
  @DisplayName("RFC 9110 14.1.2: the end of what was sent short to the end is the end of what came")
  void aSuffixOfWhatWasSentShortIsTheEndOfWhatCame() {
    Part part = Objects.requireNonNull(Part.of(answer("bytes 4-9/10", "01234", "W/\"a\"", 1)));
    assertThat(part.asked(asking("-1"), NOW)).isEqualTo(new ByteRange(8, 8));
    assertThat(part.asked(asking("-5"), NOW)).isEqualTo(new ByteRange(4, 8));
    assertThat(part.asked(asking("-7"), NOW)).isNull();
    assertThat(part.asked(asking("9-9"), NOW)).isNull();
    assertThat(part.labelledAsItIs().asked(asking("-1"), NOW)).isNull();

    Part inner = Objects.requireNonNull(Part.of(answer("bytes 4-8/10", "0123", "W/\"a\"", 1)));
    assertThat(inner.asked(asking("-1"), NOW)).isNull();
    Part tagged = Objects.requireNonNull(Part.of(answer("bytes 4-9/10", "01234", "\"a\"", 1)));
    assertThat(tagged.asked(asking("-1"), NOW)).isNull();
  }

  @Test
  @DisplayName("RFC 9110 15.3.7 MAY: what came of a range that was sent short is sent on")
  void aRangeThatWasSentShortIsAnsweredWithWhatCame() {
    Part sent = Objects.requireNonNull(Part.of(answer("bytes 4-9/10", "45678", "none", 1)));

    assertThat(sent.asked(asking("6-"), NOW)).isEqualTo(new ByteRange(6, 8));
    assertThat(sent.asked(asking("9-"), NOW)).isNull();
    assertThat(sent.asked(asking("3-"), NOW)).isNull();
    assertThat(sent.labelledAsItIs().asked(asking("6-"), NOW)).isNull();
    Part tagged = Objects.requireNonNull(Part.of(answer("bytes 4-9/10", "45678", "\"a\"", 1)));
    assertThat(tagged.asked(asking("6-"), NOW)).isNull();
  }
}
