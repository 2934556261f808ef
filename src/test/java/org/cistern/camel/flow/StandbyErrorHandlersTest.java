package org.cistern.camel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Errors of steps are handled as Camel handles them, whichever way the step fails. What an
 * asynchronous step throws out of itself is left out where Camel itself loses it.
 */
@Timeout(60)
class StandbyErrorHandlersTest {

  /** How a step fails. */
  enum Failing {
    AT_ONCE,
    LATER,
    THROWING
  }

  private final List<String> ran = new CopyOnWriteArrayList<>();

  /** A step that fails so many times before it ends well. */
  private final class Step extends AsyncProcessorSupport {
    private final Failing way;
    private int failures;

    Step(Failing way, int failures) {
      this.way = way;
      this.failures = failures;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      ran.add("step");
      boolean fails = failures-- > 0;
      if (fails && way == Failing.THROWING) {
        throw new IllegalStateException("it failed");
      }
      if (way == Failing.LATER) {
        LATER.execute(() -> end(exchange, fails, callback, false));
        return false;
      }
      end(exchange, fails, callback, true);
      return true;
    }

    private void end(Exchange exchange, boolean fails, AsyncCallback callback, boolean sync) {
      if (fails) {
        exchange.setException(new IllegalStateException("it failed"));
      }
      callback.done(sync);
    }
  }

  private static final Executor LATER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "later");
            thread.setDaemon(true);
            return thread;
          });

  /** Runs an exchange through a route and returns what it ended with, on standby or by Camel. */
  private List<String> run(boolean standby, RouteBuilder routes) throws Exception {
    ran.clear();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      if (standby) {
        FlowExecutor.install(context);
        StandbyErrorHandlers.install(context);
      }
      context.addRoutes(routes);
      context.start();
      Exchange exchange = new DefaultExchange(context);
      exchange.getMessage().setBody("body");
      context.createProducerTemplate().send("direct:in", exchange);
      ran.add("body " + exchange.getMessage().getBody());
      ran.add("exception " + (exchange.getException() == null ? "none" : "some"));
      ran.add("caught " + (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null));
      return List.copyOf(ran);
    }
  }

  /**
   * What a step throws out of itself Camel's own handlers may lose; here it is a failure at once.
   */
  private void isAsByCamel(Failing way, RouteMaker maker) throws Exception {
    Failing known = way == Failing.THROWING ? Failing.AT_ONCE : way;
    List<String> expected = run(false, builder(known, maker));
    assertThat(run(true, builder(way, maker))).isEqualTo(expected);
  }

  private static RouteBuilder builder(Failing way, RouteMaker maker) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        maker.make(this, way);
      }
    };
  }

  private interface RouteMaker {
    void make(RouteBuilder routes, Failing way);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotHandledEndsTheRoute(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) ->
            routes
                .from("direct:in")
                .process(new Step(how, 1))
                .process(exchange -> ran.add("never")));
    assertThat(ran).doesNotContain("never").contains("exception some");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHandledRunsItsHandlerOnce(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes
              .onException(IllegalStateException.class)
              .handled(true)
              .process(exchange -> ran.add("handler"))
              .setBody()
              .constant("handled");
          routes.from("direct:in").process(new Step(how, 1)).process(exchange -> ran.add("never"));
        });
    assertThat(ran)
        .containsOnlyOnce("step", "handler", "body handled")
        .doesNotContain("never")
        .contains("exception none");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsContinuedGoesOnWithTheNextStep(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes.onException(IllegalStateException.class).continued(true);
          routes.from("direct:in").process(new Step(how, 1)).process(exchange -> ran.add("next"));
        });
    assertThat(ran).containsOnlyOnce("step", "next");
  }

  @ParameterizedTest
  @EnumSource(names = "THROWING", mode = EnumSource.Mode.EXCLUDE)
  void aStepIsTriedAgainWhereTheRouteSaysSo(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes
              .onException(IllegalStateException.class)
              .maximumRedeliveries(3)
              .redeliveryDelay(0)
              .handled(true);
          routes.from("direct:in").process(new Step(how, 2)).process(exchange -> ran.add("next"));
        });
    assertThat(ran.stream().filter("step"::equals)).hasSize(3);
    assertThat(ran).contains("next");
  }

  @ParameterizedTest
  @EnumSource(names = "THROWING", mode = EnumSource.Mode.EXCLUDE)
  void aFailureInAnotherRouteIsHandledWhereItIsCalled(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes
              .from("direct:in")
              .onException(IllegalStateException.class)
              .handled(true)
              .setBody()
              .constant("handled outside")
              .end()
              .to("direct:other");
          routes
              .from("direct:other")
              .errorHandler(routes.noErrorHandler())
              .process(new Step(how, 1));
        });
    assertThat(ran).contains("body handled outside");
  }

  @ParameterizedTest
  @EnumSource(names = "THROWING", mode = EnumSource.Mode.EXCLUDE)
  void aFailureInsideATryIsItsOwn(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) ->
            routes
                .from("direct:in")
                .doTry()
                .process(new Step(how, 1))
                .doCatch(IllegalStateException.class)
                .process(exchange -> ran.add("catch"))
                .end()
                .process(exchange -> ran.add("next")));
    assertThat(ran).contains("catch", "next");
  }

  @ParameterizedTest
  @EnumSource
  void eachPartOfASplitFailsForItself(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes
              .onException(IllegalStateException.class)
              .handled(true)
              .process(exchange -> ran.add("handler"));
          routes
              .from("direct:in")
              .setBody()
              .constant("a,b,c")
              .split(routes.body().tokenize(","))
              .process(new Step(how, 2))
              .process(exchange -> ran.add("part"))
              .end()
              .process(exchange -> ran.add("next"));
        });
    assertThat(Stream.of("handler", "part").map(one -> count(one))).containsExactly(2L, 1L);
  }

  private long count(String what) {
    return ran.stream().filter(what::equals).count();
  }

  @ParameterizedTest
  @EnumSource
  void whatFailsInAHandlerEndsTheRouteWithThat(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) -> {
          routes
              .onException(IllegalStateException.class)
              .handled(true)
              .process(
                  exchange -> {
                    throw new IllegalArgumentException("the handler failed too");
                  });
          routes.from("direct:in").process(new Step(how, 1));
        });
    assertThat(ran).contains("exception some");
  }

  @Test
  void aStepThatFailsAfterItsEndHasEnded() throws Exception {
    List<String> ended =
        run(
            true,
            builder(
                Failing.AT_ONCE,
                (routes, how) ->
                    routes
                        .from("direct:in")
                        .process(new TwoFaced())
                        .process(exchange -> ran.add("next"))));
    assertThat(ended).containsOnlyOnce("next").contains("exception none");
  }

  /** A step that ends well and throws all the same. */
  private static final class TwoFaced extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      callback.done(true);
      throw new IllegalStateException("it failed after its end");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatEndsWellNeedsNobody(Failing way) throws Exception {
    isAsByCamel(
        way,
        (routes, how) ->
            routes
                .from("direct:in")
                .process(new Step(how, 0))
                .filter(routes.body().isEqualTo("body"))
                .process(exchange -> ran.add("filtered"))
                .end()
                .process(exchange -> ran.add("next")));
    assertThat(ran).contains("filtered", "next", "exception none");
  }
}
