package org.cistern.camel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;

/** What the endpoint of a route says of its requests. */
final class FrontOptions {

  private FrontOptions() {}

  /** Returns the id of the route that begins with it; Camel does not tell its consumer. */
  static String route(PlatformHttpEndpoint endpoint) {
    return endpoint.getCamelContext().getRoutes().stream()
        .filter(route -> route.getEndpoint() == endpoint)
        .map(Route::getRouteId)
        .findFirst()
        .orElse(endpoint.getPath());
  }

  /**
   * Returns a sentence where the path has no slash in front, which no request lacks; it names the
   * route, once that is there.
   */
  static Optional<Supplier<String>> mistake(PlatformHttpEndpoint endpoint) {
    String path = String.valueOf(endpoint.getPath());
    return path.startsWith("/")
        ? Optional.empty()
        : Optional.of(
            () ->
                "routes: route '%s' has the path '%s'; allowed is one that begins with /"
                    .formatted(route(endpoint), path));
  }

  static DoorPath path(PlatformHttpEndpoint endpoint) {
    return DoorPath.of(endpoint.getPath(), endpoint.isMatchOnUriPrefix());
  }

  /** Returns the methods in capitals; none where all are taken. */
  static Set<String> methods(PlatformHttpEndpoint endpoint) {
    Set<String> methods = new TreeSet<>();
    if (endpoint.getHttpMethodRestrict() != null) {
      for (String method : endpoint.getHttpMethodRestrict().split(",", -1)) {
        methods.add(method.strip().toUpperCase(Locale.ROOT));
      }
      methods.remove("");
    }
    return methods;
  }

  /** Returns the options that have no effect on the event loop. */
  static List<String> idle(PlatformHttpEndpoint endpoint) {
    List<String> idle = new ArrayList<>();
    add(idle, "consumes", endpoint.getConsumes() != null);
    add(idle, "produces", endpoint.getProduces() != null);
    add(idle, "fileNameExtWhitelist", endpoint.getFileNameExtWhitelist() != null);
    add(idle, "useCookieHandler", endpoint.isUseCookieHandler());
    add(idle, "returnHttpRequestHeaders", endpoint.isReturnHttpRequestHeaders());
    add(idle, "{…} in a path", path(endpoint).open() > 0);
    return idle;
  }

  private static void add(List<String> idle, String option, boolean set) {
    if (set) {
      idle.add(option);
    }
  }
}
