package org.cistern.camel.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.cistern.camel.component.CisternEndpoint;
import org.cistern.camel.component.StepName;

/**
 * Steps that fetch from a route that is not there, so that every miss would fail, or that does not
 * start by itself, so that every miss fails until somebody starts it.
 */
final class LostFetches {

  private LostFetches() {}

  /**
   * Returns a sentence for each whose route is not there.
   *
   * @param steps what the steps ask, by their places
   */
  static List<String> of(CamelContext context, Map<String, String> steps) {
    return sentences(context, steps, LostFetches::missing);
  }

  /**
   * Returns a sentence for each whose route does not start by itself; a route policy or the control
   * bus may start it later.
   *
   * @param steps what the steps ask, by their places
   */
  static List<String> asleep(CamelContext context, Map<String, String> steps) {
    return sentences(context, steps, LostFetches::asleep);
  }

  private static List<String> sentences(
      CamelContext context, Map<String, String> steps, Fault fault) {
    List<String> sentences = new ArrayList<>();
    steps.forEach(
        (place, uri) -> {
          if (context.hasEndpoint(uri) instanceof CisternEndpoint step
              && step.getStep() == StepName.fetch) {
            routes(context, step.getFrom())
                .flatMap(routes -> fault.of(step.getFrom(), routes))
                .ifPresent(why -> sentences.add("routes: " + place + ": " + why));
          }
        });
    return sentences;
  }

  /** Other components than direct answer by themselves. */
  private static Optional<List<Route>> routes(CamelContext context, String from) {
    Endpoint wanted = context.hasEndpoint(from);
    return wanted instanceof DirectEndpoint
        ? Optional.of(
            context.getRoutes().stream().filter(route -> route.getEndpoint() == wanted).toList())
        : Optional.empty();
  }

  private static Optional<String> missing(String from, List<Route> there) {
    return there.isEmpty() ? Optional.of("no route begins with " + from) : Optional.empty();
  }

  private static Optional<String> asleep(String from, List<Route> there) {
    return there.stream()
        .filter(route -> Boolean.FALSE.equals(route.isAutoStartup()))
        .findFirst()
        .map(
            route ->
                "route '%s', which it asks, has autoStartup: false: until it is started, every miss"
                        .formatted(route.getRouteId())
                    + " fails");
  }

  /** Looks for what is wrong with the routes that begin with an address. */
  @FunctionalInterface
  private interface Fault {
    Optional<String> of(String from, List<Route> there);
  }
}
