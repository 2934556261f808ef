package org.cistern.camel.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.cistern.camel.component.CisternEndpoint;
import org.cistern.camel.component.StepName;
import org.jspecify.annotations.Nullable;

/**
 * Steps that stand on the wrong side of {@code cistern:fetch}: each request that meets one fails.
 * Only what a route asks directly is looked at.
 */
final class MisplacedSteps {

  private static final Set<StepName> UPSTREAM = EnumSet.of(StepName.forward, StepName.stale);
  private static final Set<StepName> FRONT =
      EnumSet.of(
          StepName.match, StepName.l1, StepName.l2, StepName.l3, StepName.fetch, StepName.respond);

  private final CamelContext context;
  private final Set<Endpoint> fetchedFrom = new HashSet<>();

  private MisplacedSteps(CamelContext context, Collection<Set<String>> asks) {
    this.context = context;
    asks.forEach(uris -> uris.forEach(this::note));
  }

  /**
   * Returns a sentence for each of them.
   *
   * @param asks what the routes ask, by their ids
   */
  static List<String> of(CamelContext context, Map<String, Set<String>> asks) {
    MisplacedSteps misplaced = new MisplacedSteps(context, asks.values());
    List<String> sentences = new ArrayList<>();
    for (Route route : context.getRoutes()) {
      for (String uri : asks.getOrDefault(route.getRouteId(), Set.of())) {
        misplaced.add(route, uri, sentences);
      }
    }
    return sentences;
  }

  private void note(String uri) {
    CisternEndpoint step = step(uri);
    Endpoint from = step == null ? null : context.hasEndpoint(step.getFrom());
    if (from != null) {
      fetchedFrom.add(from);
    }
  }

  private void add(Route route, String uri, List<String> sentences) {
    CisternEndpoint step = step(uri);
    if (step == null) {
      return;
    }
    if (route.getEndpoint() instanceof PlatformHttpEndpoint && UPSTREAM.contains(step.getStep())) {
      sentences.add(sentence(route, step, "takes requests; it belongs in one that fetch asks"));
    } else if (fetchedFrom.contains(route.getEndpoint()) && FRONT.contains(step.getStep())) {
      sentences.add(sentence(route, step, "fetch asks; it belongs in one that takes requests"));
    }
  }

  private static String sentence(Route route, CisternEndpoint step, String rest) {
    return "routes: cistern:%s stands in route '%s', which %s"
        .formatted(step.getStep(), route.getRouteId(), rest);
  }

  private @Nullable CisternEndpoint step(String uri) {
    return context.hasEndpoint(uri) instanceof CisternEndpoint step ? step : null;
  }
}
