package org.cistern.camel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.apache.camel.spi.ReactiveExecutor;
import org.junit.jupiter.api.Test;

/** In what order the parts of routes are run. */
class FlowExecutorTest {

  private final ReactiveExecutor executor = new FlowExecutor();

  /** Parts that schedule further parts at random, in each of the ways that there are. */
  private static final class Program {
    private final ReactiveExecutor executor;
    private final Random dice;
    private final List<Integer> ran = new ArrayList<>();
    private int made;

    Program(ReactiveExecutor executor, long seed) {
      this.executor = executor;
      this.dice = new Random(seed);
    }

    List<Integer> run() {
      executor.scheduleMain(part());
      return ran;
    }

    private Runnable part() {
      int number = made++;
      return () -> {
        ran.add(number);
        for (int i = dice.nextInt(4); i > 0 && made < 200; i--) {
          schedule(part());
        }
      };
    }

    private void schedule(Runnable part) {
      switch (dice.nextInt(6)) {
        case 0, 1 -> executor.schedule(part);
        case 2, 3 -> executor.scheduleMain(part);
        case 4 -> executor.scheduleQueue(part);
        default -> executor.executeFromQueue();
      }
    }
  }

  @Property
  void theOrderIsThatOfCamelsOwnExecutor(@ForAll long seed) {
    List<Integer> own = new Program(new FlowExecutor(), seed).run();
    assertThat(own).isEqualTo(new Program(new DefaultReactiveExecutor(), seed).run());
  }

  @Test
  void aPartThatIsScheduledAtOnceIsRunBeforeTheCallReturns() {
    List<String> ran = new ArrayList<>();
    executor.schedule(
        () -> {
          executor.scheduleSync(() -> ran.add("inner"));
          ran.add("outer");
        });
    assertThat(ran).containsExactly("inner", "outer");
  }

  @Test
  void whatIsScheduledAfterAPartThatRanAtOnceStillWaitsForItsTurn() {
    List<String> ran = new ArrayList<>();
    executor.schedule(
        () -> {
          executor.scheduleSync(() -> ran.add("at once"));
          executor.schedule(() -> ran.add("later"));
          ran.add("outer");
        });
    assertThat(ran).containsExactly("at once", "outer", "later");
  }

  @Test
  void aPartThatFailsLeavesTheOthersTheirTurn() {
    List<String> ran = new ArrayList<>();
    executor.schedule(
        () -> {
          executor.schedule(
              () -> {
                throw new NoClassDefFoundError("a user's step lacks a library");
              });
          executor.schedule(() -> ran.add("next"));
        });
    assertThat(ran).containsExactly("next");
  }

  @Test
  void whoWaitsForAPartHearsWhatGoesWrong() {
    executor.scheduleQueue(
        () -> {
          throw new NoClassDefFoundError("a user's step lacks a library");
        });
    assertThatThrownBy(executor::executeFromQueue).isInstanceOf(NoClassDefFoundError.class);
    assertThat(executor.executeFromQueue()).isFalse();
  }

  @Test
  void partsThatKeepEachOtherWaitingTakeNoMoreRoomWithTime() {
    Flows flows = new Flows();
    int[] left = {100_000};
    flows.add(() -> again(flows, left));
    flows.add(() -> again(flows, left));
    flows.runAll();
    assertThat(left[0]).isLessThanOrEqualTo(0);
    assertThat(flows.room()).isEqualTo(32);
  }

  private static void again(Flows flows, int[] left) {
    if (left[0]-- > 0) {
      flows.add(() -> again(flows, left));
    }
  }

  @Test
  void aContextRunsItsRoutesSo() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      FlowExecutor.install(context);
      assertThat(context.getCamelContextExtension().getReactiveExecutor())
          .isInstanceOf(FlowExecutor.class);
    }
  }

  @Test
  void manyPartsWaitInAnyDepth() {
    int[] count = new int[1];
    executor.schedule(() -> nest(1000, count));
    assertThat(count[0]).isEqualTo(1000);
  }

  private void nest(int depth, int[] count) {
    count[0]++;
    if (depth > 1) {
      executor.schedule(() -> {});
      executor.scheduleMain(() -> nest(depth - 1, count));
    }
  }
}
