package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingsTest {

  private final List<String> closed = new ArrayList<>();
  private final Closings closings = new Closings();

  @Test
  void eachIsClosedOnceTheLatestFirstWhateverTheOthersThrow() {
    closings.add(() -> closed.add("first"));
    closings.add(() -> fails("second"));
    closings.add(() -> fails("third"));

    assertThatThrownBy(closings::close)
        .hasMessage("third")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()[0]).hasMessage("second"));
    closings.close();

    assertThat(closed).containsExactly("third", "second", "first");
  }

  private void fails(String name) {
    closed.add(name);
    throw new IllegalStateException(name);
  }
}
