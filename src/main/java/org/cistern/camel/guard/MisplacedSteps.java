package org.cistern.camel.guard;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.cistern.camel.component.CisternEndpoint;
import org.cistern.camel.component.StepName;
import org.jspecify.annotations.Nullable;

/**
 * Steps that stand on the wrong side of {@code cistern:fetch}: each request that meets one fails.
 * The tiles that a route holds belong to it, and so do the routes that it asks by {@code direct:}.
 */
final class MisplacedSteps {

  private static final Set<StepName> UPSTREAM = EnumSet.of(StepName.forward, StepName.stale);
  private static final Set<StepName> FRONT =
      EnumSet.of(
          StepName.match, StepName.l1, StepName.l2, StepName.l3, StepName.fetch, StepName.respond);

  private final CamelContext context;
  private final Map<String, Set<String>> asks;
  private final Set<Endpoint> fetchedFrom = new HashSet<>();
  private final Side front =
      new Side(UPSTREAM, "takes requests; it belongs in one that fetch asks", new HashSet<>());
  private final Side upstream =
      new Side(FRONT, "fetch asks; it belongs in one that takes requests", new HashSet<>());
  private final List<String> sentences = new ArrayList<>();

  /**
   * What lies on one side of fetch.
   *
   * @param wrong the steps that must not stand there
   * @param words what its routes do, and where the step belongs
   * @param seen the ids of the routes that were looked at
   */
  private record Side(Set<StepName> wrong, String words, Set<String> seen) {}

  private MisplacedSteps(CamelContext context, Map<String, Set<String>> asks) {
    this.context = context;
    this.asks = asks;
    asks.values().forEach(uris -> uris.forEach(this::note));
  }

  /**
   * Returns a sentence for each of them.
   *
   * @param asks what the routes ask, by their ids
   */
  static List<String> of(CamelContext context, Map<String, Set<String>> asks) {
    MisplacedSteps misplaced = new MisplacedSteps(context, asks);
    context.getRoutes().forEach(misplaced::begin);
    return misplaced.sentences;
  }

  private void note(String uri) {
    Endpoint from =
        context.hasEndpoint(uri) instanceof CisternEndpoint step
            ? context.hasEndpoint(step.getFrom())
            : null;
    if (from != null) {
      fetchedFrom.add(from);
    }
  }

  private void begin(Route route) {
    String place = "route '" + route.getRouteId() + "'";
    if (route.getEndpoint() instanceof PlatformHttpEndpoint) {
      walk(route, place, front);
    } else if (fetchedFrom.contains(route.getEndpoint())) {
      walk(route, place, upstream);
    }
  }

  private void walk(Route route, String place, Side side) {
    if (side.seen.add(route.getRouteId())) {
      for (String uri : asks.getOrDefault(route.getRouteId(), Set.of())) {
        meet(context.hasEndpoint(uri), place, side);
      }
    }
  }

  private void meet(@Nullable Endpoint asked, String place, Side side) {
    if (asked instanceof CisternEndpoint step && side.wrong.contains(step.getStep())) {
      sentences.add(
          "routes: cistern:%s stands in %s, which %s".formatted(step.getStep(), place, side.words));
    } else if (asked instanceof KameletEndpoint tile) {
      walkOn(context.getRoute(tile.getRouteId()), place, side);
    } else if (asked instanceof DirectEndpoint) {
      Route part = beginningWith(asked);
      walkOn(part, part == null ? place : part(part, place), side);
    }
  }

  private void walkOn(@Nullable Route route, String place, Side side) {
    if (route != null) {
      walk(route, place, side);
    }
  }

  private @Nullable Route beginningWith(Endpoint endpoint) {
    return context.getRoutes().stream()
        .filter(route -> route.getEndpoint() == endpoint)
        .findFirst()
        .orElse(null);
  }

  private static String part(Route route, String of) {
    return "route '" + route.getRouteId() + "', part of " + of;
  }
}
