package org.cistern.camel.engine;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Lets a header out only where the route has set it; Camel's own filter sends back whatever the
 * request had, by names that it spells in one way.
 *
 * @param others what else is filtered
 */
record OwnHeaders(@Nullable HeaderFilterStrategy others) implements HeaderFilterStrategy {

  /** Camel keeps these back in both directions, though nobody but the route can say them. */
  private static final Set<String> THE_ROUTES = Set.of("cache-control", "pragma", "warning");

  /** Puts itself before the filter that an endpoint has. */
  static void guard(PlatformHttpEndpoint endpoint) {
    HeaderFilterStrategy has = endpoint.getHeaderFilterStrategy();
    if (!(has instanceof OwnHeaders)) {
      endpoint.setHeaderFilterStrategy(new OwnHeaders(has));
    }
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    Brought brought = Brought.with(exchange);
    return brought == null || brought.holds(name, value) || isKeptBack(name, value, exchange);
  }

  private boolean isKeptBack(String name, Object value, Exchange exchange) {
    return others != null
        && !THE_ROUTES.contains(name.toLowerCase(Locale.ROOT))
        && others.applyFilterToCamelHeaders(name, value, exchange);
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return others != null && others.applyFilterToExternalHeaders(name, value, exchange);
  }
}
