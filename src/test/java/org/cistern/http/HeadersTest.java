package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  private static final Headers THREE = Headers.of("Via", "1", "ETag", "\"x\"", "via", "2");

  @ParameterizedTest
  @ValueSource(strings = {"A", "a", "Content-Type", "x-1", "X-[", "Ä", ""})
  void everyNameIsFoundInWhateverCaseItIsAskedFor(String name) {
    Headers headers = Headers.of("Date", "d", name, "v");
    for (String asked :
        List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))) {
      assertThat(headers.first(asked)).isEqualTo("v");
      assertThat(headers.all(asked)).containsExactly("v");
    }
  }

  @Test
  void aNameThatHasItsBitInCommonWithAnotherIsNotTakenForIt() {
    assertThat(NameBits.of("ab")).isEqualTo(NameBits.of("xxa"));
    Headers headers = Headers.of("xxa", "v");
    assertThat(headers.has("ab")).isFalse();
    assertThat(headers.all("ab")).isEmpty();
    assertThat(headers.has("xxa")).isTrue();
  }

  @Test
  void whatIsAddedOrTakenOffIsSeenInTheCopyAndNotInTheOriginal() {
    assertThat(THREE.has("Date")).isFalse();
    Headers dated = THREE.with("Date", "d");
    assertThat(dated.first("date")).isEqualTo("d");
    assertThat(dated.without("date")).isEqualTo(THREE);
    assertThat(THREE.has("Date")).isFalse();
  }

  @Test
  void allLinesOfANameAreTakenOff() {
    assertThat(THREE.without("VIA")).isEqualTo(Headers.of("ETag", "\"x\""));
    assertThat(THREE.without("VIA").without("etag")).isEqualTo(Headers.empty());
  }

  @Test
  void withoutANameThatIsNotThereTheyAreTheSame() {
    assertThat(THREE.without("Date")).isSameAs(THREE);
  }

  @Test
  void aBuilderGrowsAndKeepsTheOrder() {
    Headers.Builder builder = Headers.builder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      builder.add("n" + i, "v" + i);
      if (i % 3 != 0) {
        expected.add("n" + i + "=v" + i);
      }
    }
    List<String> left = new ArrayList<>();
    builder
        .removeIf((name, value) -> Integer.parseInt(name.substring(1)) % 3 == 0)
        .build()
        .each((name, value) -> left.add(name + "=" + value));
    assertThat(left).isEqualTo(expected);
  }

  @Test
  void aBuilderGoesOnAfterItsLinesWereTakenOff() {
    Headers headers = THREE.toBuilder().remove("via").add("Age", "1").set("etag", "y").build();
    assertThat(headers).isEqualTo(Headers.of("Age", "1", "etag", "y"));
  }

  @Test
  void whatIsBuiltDoesNotChangeWithTheBuilder() {
    Headers.Builder builder = Headers.builder().add("a", "1");
    Headers first = builder.build();
    builder.remove("a").add("b", "2");
    assertThat(first).isEqualTo(Headers.of("a", "1"));
  }
}
