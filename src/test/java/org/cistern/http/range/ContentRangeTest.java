package org.cistern.http.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Content-Range (RFC 9110 section 14.4)")
class ContentRangeTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @ValueSource(
        strings = {"bytes 0-4/10", "bytes 9-9/10", "bytes 0-4/*", "bytes */10", "bytes */0"})
    @DisplayName("14.4: what is valid is read and written alike")
    void isReadAndWrittenAlike(String field) {
      assertThat(ContentRange.parse(field))
          .isNotNull()
          .satisfies(range -> assertThat(range.format()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "bytes 5-4/10", "bytes 0-10/10", "bytes */*", "bytes 0-4", "bytes 0/10", "bytes=0-4/10",
          "items 0-4/10", "bytes 0-4/10/2", "bytes -4/10", "bytes 0-4/", "bytes a-b/c", "",
          "bytes 0-99999999999999999999/*", "bytes 0-4/99999999999999999999"
        })
    @DisplayName("14.4: what is broken or contradicts itself labels nothing")
    void isNothingWhereItIsBrokenOrContradictsItself(String field) {
      assertThat(ContentRange.parse(field)).isNull();
    }

    @Test
    @DisplayName("14.4: no range beyond the end is written")
    void cannotBeMadeOfARangeBeyondTheEnd() {
      assertThatThrownBy(() -> ContentRange.of(new ByteRange(0, 10), 10))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(ContentRange.of(new ByteRange(0, 9), 10).format()).isEqualTo("bytes 0-9/10");
      assertThat(ContentRange.unsatisfied(10).format()).isEqualTo("bytes */10");
    }
  }
}
