package org.cistern.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(100);
  private final ByteBudget.Share one = budget.share();
  private final ByteBudget.Share other = budget.share();

  @Test
  void allSharesTogetherHaveNoMoreThanTheBudget() {
    assertThat(one.take(60)).isTrue();
    assertThat(other.take(41)).isFalse();
    assertThat(other.take(40)).isTrue();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void whatIsRefusedTakesNothing() {
    one.take(101);

    assertThat(budget.used()).isZero();
  }

  @Test
  void aShareGivesBackNoMoreThanItHas() {
    one.take(60);
    other.take(20);

    other.giveBack(50);
    assertThat(budget.used()).isEqualTo(60);
  }

  @Test
  void aShareShrinksToWhatIsNeededAndNeverGrows() {
    one.take(60);

    one.shrinkTo(10);
    assertThat(budget.used()).isEqualTo(10);
    one.shrinkTo(50);
    assertThat(budget.used()).isEqualTo(10);
  }

  @Test
  void aShareThatHasEndedHoldsNothingAndIsRefusedNothing() {
    one.take(60);

    one.end();
    assertThat(one.take(500)).isTrue();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aBudgetOfNothingRefusesEveryByte() {
    assertThat(new ByteBudget(0).share().take(1)).isFalse();
  }
}
