package org.cistern.camel.guard;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Which files the routes are in. It is noted when a route is added, for of two with the same id
 * Camel keeps the later alone.
 */
final class RouteFiles extends ModelLifecycleStrategySupport {

  private final Map<String, Set<String>> files = new ConcurrentHashMap<>();

  /** Notes the files of all routes of a context, which has none yet. */
  static RouteFiles watch(CamelContext context) {
    RouteFiles files = new RouteFiles();
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    model.addModelLifecycleStrategy(files);
    return files;
  }

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    Resource file = route.getResource();
    if (file != null && route.getRouteId() != null) {
      files
          .computeIfAbsent(route.getRouteId(), id -> new ConcurrentSkipListSet<>())
          .add(file.getLocation());
    }
  }

  /** Returns the file of a route, or the files of all that have this id. */
  String of(@Nullable String id) {
    String known = String.valueOf(id);
    return String.join(" and ", files.getOrDefault(known, Set.of("route " + known)));
  }
}
