package org.cistern.camel.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectEndpoint;
import org.cistern.camel.component.CisternEndpoint;
import org.cistern.camel.component.StepName;

/** Steps that fetch from a route that is not there: every miss would fail. */
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
              && step.getStep() == StepName.fetch
              && !isThere(context, step.getFrom())) {
            sentences.add("routes: " + place + ": no route begins with " + step.getFrom());
          }
        });
    return sentences;
  }

  /** Other components than direct answer by themselves. */
  private static boolean isThere(CamelContext context, String from) {
    Endpoint wanted = context.hasEndpoint(from);
    return !(wanted instanceof DirectEndpoint)
        || context.getRoutes().stream().anyMatch(route -> route.getEndpoint() == wanted);
  }
}
