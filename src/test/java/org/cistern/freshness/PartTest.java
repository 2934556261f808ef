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
import org.cistern.http.Target;
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
}
