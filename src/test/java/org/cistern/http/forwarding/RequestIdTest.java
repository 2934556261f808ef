package org.cistern.http.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

  private static final RandomGenerator RANDOM = () -> 255L;

  @Test
  void isTakenOverWhereItIsHarmless() {
    String id = "Root=1-67891233-abcdef012345678912345678";
    assertThat(RequestId.of(id, RANDOM)).isSameAs(id);
    assertThat(RequestId.isAcceptable("x".repeat(RequestId.LONGEST))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "a\"", "<a>", "\u00e9", "${jndi:x}"})
  void isMadeNewWhereItIsNot(String offered) {
    assertThat(RequestId.of(offered, RANDOM)).isEqualTo("00000000000000ff00000000000000ff");
    assertThat(RequestId.of(null, RANDOM)).hasSize(32);
    assertThat(RequestId.isAcceptable("x".repeat(RequestId.LONGEST + 1))).isFalse();
  }
}
