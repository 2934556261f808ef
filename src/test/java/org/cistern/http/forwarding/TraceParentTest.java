package org.cistern.http.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void isReadAndWrittenAlike() {
    TraceParent parent = Objects.requireNonNull(TraceParent.parse(VALID));
    assertThat(parent.format()).isEqualTo(VALID);
  }

  @Test
  void aLaterVersionIsReadAsFarAsThisOneGoes() {
    String later = "cc" + VALID.substring(2);
    assertThat(TraceParent.parse(later + "-what-else")).isNotNull();
    assertThat(TraceParent.parse(later)).isNotNull();
    assertThat(TraceParent.parse(later + "x")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      })
  void isNothingElse(String field) {
    assertThat(TraceParent.parse(field)).isNull();
  }

  @Test
  void aChildStaysInTheTrace() {
    TraceParent parent = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 3);
    TraceParent child = parent.child(new SplittableRandom(1));

    assertThat(child.traceId()).isEqualTo(parent.traceId());
    assertThat(child.parentId()).isNotEqualTo(parent.parentId());
    assertThat(child.flags()).isEqualTo(1);
    assertThat(TraceParent.parse(child.format())).isEqualTo(child);
  }

  @Test
  void aNewTraceIsValidEvenWhereChanceGivesZero() {
    RandomGenerator zero = () -> 0L;
    TraceParent begun = TraceParent.begin(zero, false);
    assertThat(TraceParent.parse(begun.format())).isEqualTo(begun);
    assertThat(begun.format()).endsWith("-00");
  }
}
