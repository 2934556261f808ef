package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 8.8.3. */
class EntityTagTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "W/\"1\"|W/\"1\"|false|true",
        "W/\"1\"|W/\"2\"|false|false",
        "W/\"1\"|\"1\"|false|true",
        "\"1\"|\"1\"|true|true",
        "\"ü\"|\"ü\"|true|true",
        "\"\"|\"\"|true|true",
        "abc|abc|false|true",
        "abc|\"abc\"|false|true",
        "W\\\"abc\"|W\\\"abc\"|false|true",
        "w/\"abc\"|W/\"abc\"|false|false",
      })
  void tagsAreComparedStronglyAndWeakly(String one, String other, boolean strong, boolean weak) {
    EntityTag left = tag(one);
    assertThat(left.stronglyEquals(tag(other))).isEqualTo(strong);
    assertThat(left.weaklyEquals(tag(other))).isEqualTo(weak);
  }

  @Test
  void aListMayHaveCommasInsideItsTags() {
    assertThat(EntityTag.list(List.of("\"a,b\" , W/\"c\",,", "d")))
        .containsExactly(tag("\"a,b\""), tag("W/\"c\""), tag("d"));
  }

  @Test
  void theStarIsKnownFromATagThatLooksLikeIt() {
    assertThat(EntityTag.list(List.of("*")).get(0).isAny()).isTrue();
    assertThat(EntityTag.list(List.of("\"a\", *")).get(1).isAny()).isTrue();
    assertThat(tag("\"*\"").isAny()).isFalse();
    assertThat(EntityTag.list(List.of("W/\"*\", \"*\", W/*, **, W/\"\"*\"\"")))
        .noneMatch(EntityTag::isAny);
    assertThat(EntityTag.parse("  ")).isNull();
  }

  private static EntityTag tag(String text) {
    return Objects.requireNonNull(EntityTag.parse(text), text);
  }
}
