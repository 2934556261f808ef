package org.cistern.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTest {

  private record Server(String name, int outstanding) implements Balancer.Candidate {}

  private static final Server A = new Server("a", 1);
  private static final Server B = new Server("b", 0);
  private static final Server C = new Server("c", 0);

  @Test
  void theLeastLoadedIsChosen() {
    assertThat(IntStream.range(0, 9).mapToObj(turn -> least(turn, A, B))).containsOnly(B);
  }

  @Test
  void equalsAreChosenInTurn() {
    Balancer balancer = new Balancer();

    assertThat(IntStream.range(0, 4).mapToObj(i -> balancer.next(List.of(B, C), c -> true)))
        .containsExactly(B, C, B, C);
  }

  @Test
  void theUnusableIsNotChosenHoweverIdle() {
    assertThat(Balancer.least(List.of(A, B), A::equals, 0)).isEqualTo(A);
    assertThat(Balancer.least(List.of(A, B), c -> false, 0)).isNull();
  }

  @Test
  void theTurnMayRunOver() {
    assertThat(least(Integer.MIN_VALUE, A, B)).isEqualTo(B);
  }

  private static Server least(int turn, Server... servers) {
    return java.util.Objects.requireNonNull(Balancer.least(List.of(servers), c -> true, turn));
  }
}
