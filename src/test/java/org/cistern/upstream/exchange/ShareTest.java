package org.cistern.upstream.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each event loop gets of what an upstream has. */
class ShareTest {

  @ParameterizedTest
  @CsvSource({"3,2", "1,2", "0,2", "256,3", "1024,7", "7,1"})
  void theSharesOfAllLoopsAddUpToTheWhole(int whole, int loops) {
    assertThat(shares(whole, loops).sum()).isEqualTo(whole);
  }

  @Test
  void noTwoSharesDifferByMoreThanOne() {
    assertThat(shares(1024, 7).distinct().toArray()).containsExactlyInAnyOrder(146, 147);
  }

  @Test
  void aLoopThatHasToServeGetsOneWhereThereAreTooFew() {
    assertThat(new Share(0, 2).orOneOf(1)).isEqualTo(1);
    assertThat(new Share(1, 2).orOneOf(1)).isEqualTo(1);
  }

  private static IntStream shares(int whole, int loops) {
    return IntStream.range(0, loops).map(index -> new Share(index, loops).of(whole));
  }
}
