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

/** Steps that fetch from a route that is not there, or not started: every miss would fail. */
final class LostFetches {

  private LostFetches() {}

  /**
   * Returns a sentence for each of them.
   *
   * @param steps what the steps ask, by their places
   */
  static List<String> of(CamelContext context, Map<String, String> steps) {
    List<String> sentences = new ArrayList<>();
    steps.forEach(
        (place, uri) -> {
          if (context.hasEndpoint(uri) instanceof CisternEndpoint step
              && step.getStep() == StepName.fetch) {
            lost(context, step.getFrom())
                .ifPresent(why -> sentences.add("routes: " + place + ": " + why));
          }
        });
    return sentences;
  }

  /** Other components than direct answer by themselves. */
  private static Optional<String> lost(CamelContext context, String from) {
    Endpoint wanted = context.hasEndpoint(from);
    if (!(wanted instanceof DirectEndpoint)) {
      return Optional.empty();
    }
    List<Route> there =
        context.getRoutes().stream().filter(route -> route.getEndpoint() == wanted).toList();
    return there.isEmpty()
        ? Optional.of("no route begins with " + from)
        : there.stream().map(LostFetches::asleep).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> asleep(Route route) {
    return Boolean.FALSE.equals(route.isAutoStartup())
        ? Optional.of(
            "route '%s', which it asks, has autoStartup: false; allowed is true"
                .formatted(route.getRouteId()))
        : Optional.empty();
  }
}
