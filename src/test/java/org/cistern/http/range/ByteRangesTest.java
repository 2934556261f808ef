package org.cistern.http.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ranges (RFC 9110 section 14)")
class ByteRangesTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @CsvSource({
      "bytes=0-4, 0-4",
      "bytes=5-, 5-9",
      "bytes=-3, 7-9",
      "bytes=-30, 0-9",
      "bytes=5-99999999999999999999999, 5-9",
      "bytes=-99999999999999999999999, 0-9",
      "'bytes= 0-0 ,\t,9-9,', 0-0 9-9",
      "'bytes=9-9,0-1', 9-9 0-1",
      "'bytes=0-0,20-30', 0-0"
    })
    @DisplayName(
        "14.1.2: positions count from 0, a suffix from the end, and what is beyond is left out")
    void areResolvedAgainstTheLength(String field, String ranges) {
      assertThat(shown(ByteRanges.resolve(field, 10))).isEqualTo(ranges);
    }

    @ParameterizedTest
    @ValueSource(strings = {"items=0-1", "bites=0-1", "x=0-1", "=0-1"})
    @DisplayName("14.2: a unit that is not understood has the field ignored")
    void ofAnotherUnitAreIgnored(String field) {
      assertThat(ByteRanges.resolve(field, 10)).isEqualTo(RangeOutcome.Ignored.NOT_UNDERSTOOD);
    }

    @Test
    @DisplayName("14.1: the name of the unit has no case")
    void theUnitHasNoCase() {
      assertThat(shown(ByteRanges.resolve("BYTES=0-0", 10))).isEqualTo("0-0");
    }

    @Test
    @DisplayName("14.1.2: the end of an empty representation is all of it")
    void theEndOfAnEmptyRepresentationIsAllOfIt() {
      assertThat(ByteRanges.resolve("bytes=-5", 0))
          .isEqualTo(RangeOutcome.Ignored.EMPTY_REPRESENTATION);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("14.2, 15.5.17: a set of which nothing is there is unsatisfiable")
    void areUnsatisfiableWhereNoneBeginsWithin() {
      RangeOutcome beyond = new RangeOutcome.Unsatisfiable(10);
      assertThat(ByteRanges.resolve("bytes=10-", 10)).isEqualTo(beyond);
      assertThat(ByteRanges.resolve("bytes=-0", 10)).isEqualTo(beyond);
      assertThat(ByteRanges.resolve("bytes=99999999999999999999-", 10)).isEqualTo(beyond);
      assertThat(ByteRanges.resolve("bytes=0-", 0)).isEqualTo(new RangeOutcome.Unsatisfiable(0));
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "bytes=",
          "bytes=,",
          "bytes=-",
          "bytes=5-4",
          "bytes=a-b",
          "bytes=1",
          "bytes 0-1",
          "bytes=0 - 1",
          "bytes =0-1",
          "bytes=0-1,x",
          "bytes=0-1-2",
          "bytes=+1-2",
          "bytes=--1",
          "",
          "bytes=0-1;2-3",
          "bytes=\u0661-"
        })
    @DisplayName("14.2: a set with an invalid range is ignored as a whole")
    void areIgnoredAsAWholeWhereTheFieldIsNotUnderstood(String field) {
      assertThat(ByteRanges.resolve(field, 10)).isEqualTo(RangeOutcome.Ignored.NOT_UNDERSTOOD);
      assertThat(ByteRanges.parse(field)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "'bytes=0-5,3-7', 0-7",
      "'bytes=0-1,2-3', 0-3",
      "'bytes=8-9,0-1,5-8', 5-9 0-1",
      "'bytes=0-,0-,0-', 0-9"
    })
    @DisplayName("15.3.7.2: ranges that overlap or touch become one")
    void thatMeetBecomeOne(String field, String ranges) {
      assertThat(shown(ByteRanges.resolve(field, 10))).isEqualTo(ranges);
    }

    @Test
    @DisplayName("14.2: a set of many ranges is ignored")
    void areBoundedInNumber() {
      String most = many(ByteRanges.MOST);
      String more = many(ByteRanges.MOST + 1);
      assertThat(ByteRanges.resolve(most, 1000)).isInstanceOf(RangeOutcome.Satisfiable.class);
      assertThat(ByteRanges.resolve(more, 1000)).isEqualTo(RangeOutcome.Ignored.TOO_MANY);
      assertThat(ByteRanges.parse(more)).isNull();
      assertThat(ByteRanges.resolve(null, 10)).isEqualTo(RangeOutcome.Ignored.ABSENT);
    }
  }

  private static String shown(RangeOutcome outcome) {
    return outcome instanceof RangeOutcome.Satisfiable satisfiable
        ? satisfiable.ranges().stream()
            .map(range -> range.first() + "-" + range.last())
            .collect(Collectors.joining(" "))
        : outcome.toString();
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> 3 * i + "-" + 3 * i)
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  @Property
  void noTextMakesTheParserThrow(@ForAll String text, @ForAll @LongRange(min = 0) long length) {
    assertThat(ByteRanges.resolve("bytes=" + text, length)).isNotNull();
    assertThat(ByteRanges.resolve(text, length)).isNotNull();
    ContentRange.parse("bytes " + text);
  }

  @Property
  void exactlyTheBytesAskedForAreSentEachOnce(@ForAll("pairs") List<int[]> pairs) {
    String field =
        pairs.stream().map(p -> p[0] + "-" + p[1]).collect(Collectors.joining(",", "bytes=", ""));
    boolean[] wanted = new boolean[100];
    pairs.forEach(p -> Arrays.fill(wanted, Math.min(100, p[0]), Math.min(100, p[1] + 1), true));

    boolean[] sent = new boolean[100];
    if (ByteRanges.resolve(field, 100) instanceof RangeOutcome.Satisfiable satisfiable) {
      for (ByteRange range : satisfiable.ranges()) {
        for (long at = range.first(); at <= range.last(); at++) {
          assertThat(sent[(int) at]).as("byte %d sent twice for %s", at, field).isFalse();
          sent[(int) at] = true;
        }
      }
    }
    assertThat(sent).isEqualTo(wanted);
  }

  @Provide
  Arbitrary<List<int[]>> pairs() {
    Arbitrary<Integer> position = Arbitraries.integers().between(0, 120);
    Arbitrary<Integer> length = Arbitraries.integers().between(0, 30);
    return position
        .flatMap(first -> length.map(more -> new int[] {first, first + more}))
        .list()
        .ofMinSize(1)
        .ofMaxSize(ByteRanges.MOST);
  }
}
