package org.cistern.camel.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.DefaultProcessorFactory;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.spi.IdAware;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteIdAware;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The loader's hand on every step of every route: it wraps users' steps and leaves our own exactly
 * as Camel makes them. (An intercept strategy would put a layer around each of ours as well.)
 */
public final class Guard extends DefaultProcessorFactory {

  private final Manners manners;
  private final RouteFiles files;
  private final Workers workers;
  private final Bodies bodies;
  private final Map<StepPlace, Boolean> wrapped = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> asks = new ConcurrentHashMap<>();

  private final Map<String, String> places = new ConcurrentSkipListMap<>();

  private volatile String trying = "a route";

  private Guard(CamelContext context, Workers workers, Bodies bodies) {
    this.manners = new Manners(context);
    this.files = RouteFiles.watch(context);
    this.workers = workers;
    this.bodies = bodies;
  }

  /** Puts a guard before the routes of a context, which has no routes yet. */
  public static Guard install(CamelContext context, Workers workers, Bodies bodies) {
    Guard guard = new Guard(context, workers, bodies);
    context.getCamelContextExtension().addContextPlugin(ProcessorFactory.class, guard);
    return guard;
  }

  @Override
  public @Nullable Processor createProcessor(Route route, NamedNode definition) throws Exception {
    trying = file(route) + ", step " + definition.getId();
    try {
      return guarded(route, definition);
    } catch (LinkageError e) {
      // Camel names the route of an exception alone.
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Processor guarded(Route route, NamedNode definition) throws Exception {
    noteTarget(route, definition);
    Manner manner = manners.of(definition);
    if (manner == Manner.OURS || !(definition instanceof ProcessorDefinition<?> step)) {
      return super.createProcessor(route, definition);
    }
    Processor made = made(route, step);
    if (made == null) {
      return null;
    }
    Processor wrapped = wrap(made, manner, place(route, step));
    return manners.readsBody(step) ? new BodyFirst(wrapped, bodies) : wrapped;
  }

  private static String file(Route route) {
    Resource file = route.getSourceResource();
    return file == null ? "route " + route.getRouteId() : file.getLocation();
  }

  /**
   * Returns in one sentence what is wrong with the routes that made the start fail, and where; null
   * where the failure is not of their making.
   */
  public @Nullable String mistake(Throwable failure) {
    return new RouteMistake(files, trying).sentence(failure);
  }

  /** Returns a sentence for each mistake that shows only once all routes are there. */
  public List<String> mistakes(CamelContext context) {
    List<String> mistakes = new ArrayList<>(LostFetches.of(context, places));
    mistakes.addAll(MisplacedSteps.of(context, asks));
    return mistakes;
  }

  /** Returns a sentence for each thing about the routes that may be meant, and may be not. */
  public List<String> warnings(CamelContext context) {
    return LostFetches.asleep(context, places);
  }

  private @Nullable Processor made(Route route, ProcessorDefinition<?> step) throws Exception {
    Processor special = super.createProcessor(route, step);
    Processor made =
        special == null ? ProcessorReifier.reifier(route, step).createProcessor() : special;
    if (made instanceof IdAware named) {
      named.setId(step.getId());
    }
    if (made instanceof RouteIdAware placed) {
      placed.setRouteId(route.getRouteId());
    }
    return made;
  }

  private Processor wrap(Processor made, Manner manner, StepPlace place) {
    if (manner == Manner.LIGHT) {
      return new TimedStep(made, place);
    }
    wrapped.put(place, true);
    return new WorkerHop(made, workers);
  }

  private StepPlace place(Route route, ProcessorDefinition<?> step) {
    return new StepPlace(route.getRouteId(), step.getId(), manners.component(step));
  }

  private void noteTarget(Route route, NamedNode step) {
    String uri = manners.uri(step);
    if (uri != null) {
      places.put(trying, uri);
      asks.computeIfAbsent(route.getRouteId(), id -> ConcurrentHashMap.newKeySet()).add(uri);
    }
  }

  /** Returns the steps that go to a worker, of routes that run on an event loop, in order. */
  public List<StepPlace> wrapped(CamelContext context) {
    Set<String> reached = LoopRoutes.of(context, asks);
    List<StepPlace> places = new ArrayList<>(wrapped.keySet());
    places.removeIf(place -> !reached.contains(place.route()));
    places.sort((a, b) -> a.toString().compareTo(b.toString()));
    return places;
  }
}
