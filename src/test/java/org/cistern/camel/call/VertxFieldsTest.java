package org.cistern.camel.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VertxFieldsTest {

  private final VertxFields fields =
      new VertxFields(HttpHeaders.headers().add("Range", "a").add("range", "b").add("X-Own", "c"));

  @ParameterizedTest
  @ValueSource(strings = {"range", "Range", "RANGE"})
  void aFieldIsFoundInEverySpelling(String name) {
    assertThat(fields.has(name)).isTrue();
    assertThat(fields.first(name)).isEqualTo("a");
    assertThat(fields.joined(name)).isEqualTo("a, b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-own", "X-OWN"})
  void aFieldThatIsNoneOfTheKnownOnesIsFoundToo(String name) {
    assertThat(fields.joined(name)).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Te", "te", "X-Other"})
  void aFieldThatIsNotThereIsNull(String name) {
    assertThat(fields.first(name)).isNull();
    assertThat(fields.joined(name)).isNull();
    assertThat(fields.all(name)).isEmpty();
  }
}
