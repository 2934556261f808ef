package org.cistern.camel.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.cistern.camel.component.CisternEndpoint;

/** Which routes run on an event loop: the front route, and what it reaches. */
final class LoopRoutes {

  private final CamelContext context;
  private final Set<String> reached = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private LoopRoutes(CamelContext context) {
    this.context = context;
  }

  /** Returns the ids of the routes, by what each of them asks. */
  static Set<String> of(CamelContext context, Map<String, Set<String>> asks) {
    LoopRoutes routes = new LoopRoutes(context);
    context.getRoutes().stream().filter(LoopRoutes::isFront).forEach(routes::reach);
    while (!routes.open.isEmpty()) {
      asks.getOrDefault(routes.open.remove(), Set.of()).forEach(routes::follow);
    }
    return routes.reached;
  }

  private static boolean isFront(Route route) {
    return route.isCreatedByKamelet()
        || (route.getEndpoint() instanceof PlatformHttpEndpoint door && !door.isUseBodyHandler());
  }

  private void reach(Route route) {
    if (reached.add(route.getRouteId())) {
      open.add(route.getRouteId());
    }
  }

  private void follow(String uri) {
    Endpoint endpoint = context.hasEndpoint(uri);
    if (endpoint instanceof CisternEndpoint step) {
      endpoint = context.hasEndpoint(step.getFrom());
    }
    Endpoint target = endpoint;
    context.getRoutes().stream()
        .filter(route -> target != null && route.getEndpoint() == target)
        .forEach(this::reach);
  }
}
