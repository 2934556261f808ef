package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.service.ServiceSupport;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.RequestIds;
import org.cistern.camel.engine.log.AccessLog;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.camel.engine.log.LoggedQuery;
import org.cistern.camel.engine.write.StatusNote;
import org.cistern.camel.settings.Amount;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.http.forwarding.ForwardingNotation;
import org.cistern.http.forwarding.TrustedProxies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine behind {@code platform-http}: a route whose endpoint says {@code useBodyHandler=false}
 * runs on the event loop that its request came on; every other one on a worker thread, as Camel has
 * it.
 */
public final class FrontEngine extends ServiceSupport
    implements PlatformHttpEngine, CamelContextAware {

  private static final Logger LOG = LoggerFactory.getLogger(FrontEngine.class);

  /** What is cut off is written at once, where its event loop runs. */
  private static final Duration CUTTING = Duration.ofSeconds(1);

  private final FrontServer server;
  private final Intake intake;
  private final @Nullable AccessLog log;
  private final Routers routers;
  private final Doors doors = new Doors();
  private final @Nullable DemonstrationDoor demonstration;
  private final int port;
  private final Duration drainDelay;
  private @Nullable CamelContext camelContext;

  /**
   * Makes the engine; it does not listen yet.
   *
   * @param bodies how many bytes of bodies are read for routes on worker threads
   * @param secrets the parameters whose values the access log does not show
   */
  public FrontEngine(
      Vertx vertx,
      Settings settings,
      InstantSource clock,
      CallListener listener,
      Bodies bodies,
      Supplier<Set<String>> secrets) {
    this.port = settings.count(Setting.PORT);
    this.demonstration =
        settings.has(Setting.UPSTREAM_URL) ? null : DemonstrationDoor.open(vertx, doors);
    this.log = AccessLog.of(settings.text(Setting.ACCESS_LOG), new LoggedQuery(secrets));
    HttpServerOptions options = ServerOptions.of(settings);
    this.intake =
        new Intake(
            entrance(settings, options),
            RequestIds.valueOf(settings.text(Setting.REQUEST_ID).toUpperCase(Locale.ROOT)),
            log != null,
            StatusNote.of(settings.text(Setting.CACHE_STATUS)),
            clock,
            log == null ? listener : log.after(listener));
    this.routers = new Routers(vertx, this::passing, new Failures(intake.refused()), bodies);
    this.server =
        new FrontServer(
            vertx,
            options.setPort(port),
            Runtime.getRuntime().availableProcessors(),
            settings.count(Setting.MAX_CONNECTIONS),
            new Dispatcher(doors, intake)::dispatch,
            intake.refused()::malformed);
    this.drainDelay = settings.time(Setting.DRAIN_DELAY);
  }

  private static Entrance entrance(Settings settings, HttpServerOptions options) {
    boolean standard = "forwarded".equals(settings.text(Setting.FORWARDED));
    return new Entrance(
        options.isSsl() ? "https" : "http",
        TrustedProxies.of(settings.list(Setting.TRUSTED_PROXIES)),
        standard ? ForwardingNotation.FORWARDED : ForwardingNotation.X_FORWARDED);
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.camelContext = context;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camelContext;
  }

  /** Returns the port it listens on, before that the one of the settings. */
  @Override
  public int getServerPort() {
    int actual = server.port();
    return actual < 0 ? port : actual;
  }

  /** Returns the server. */
  public FrontServer server() {
    return server;
  }

  /** Returns how many calls are under way. */
  public long underWay() {
    return intake.underWay();
  }

  /** Begins to listen; fails where the port is taken. */
  public Future<Void> listen() {
    return server.listen();
  }

  /** Returns where the demonstration API is; empty where there is an upstream in its place. */
  public String demonstrationUrl() {
    return demonstration == null ? "" : demonstration.url();
  }

  /** Tells whether the gateway is going down. */
  public boolean draining() {
    return intake.isDraining();
  }

  /**
   * Lets calls under way finish, for as long as that, and cuts off those that do not; blocks. New
   * ones close their connection. Returns what is left of the time.
   */
  public Duration drain(Duration longest) {
    intake.drain();
    if (server.port() >= 0) {
      Drain.pause(drainDelay);
    }
    server.goAway();
    Drain drain = new Drain(() -> intake.underWay() + server.sending(), server::open);
    Duration left = drain.await(longest);
    cut(drain, longest);
    return left;
  }

  private void cut(Drain drain, Duration waited) {
    long late = intake.underWay();
    if (late > 0) {
      LOG.warn(
          "requests cut off after {} (cistern.drain-timeout): {}", Amount.ofTime(waited), late);
      intake.cut();
      drain.await(CUTTING);
    }
    long unsent = server.sending();
    if (unsent > 0) {
      LOG.warn("connections that end before all is sent: {}", unsent);
    }
  }

  /** Has what routes keep on disk for the time of a request in this folder. */
  public void keepIn(Path storage) {
    routers.keepIn(storage);
  }

  /** Ends the access log, and removes what the routes had on disk; after they have stopped. */
  @Override
  public void close() {
    routers.close();
    if (log != null) {
      log.close();
    }
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    Optional<Supplier<String>> mistake = FrontOptions.mistake(endpoint);
    mistake.ifPresent(doors::refuse);
    // Vert.x would end the start at once, and could not say which route it is.
    if (!endpoint.isUseBodyHandler() || mistake.isPresent()) {
      return new FrontConsumer(endpoint, processor, doors, intake);
    }
    Routers.Bound bound = routers.bind(endpoint);
    return new ClaimingConsumer(endpoint, processor, bound, doors);
  }

  /** Returns a sentence for each thing that is wrong with the routes that take requests. */
  public List<String> mistakes() {
    return doors.mistakes();
  }

  /** Returns a sentence where the routes that take requests may not be those that were meant. */
  public List<String> warnings() {
    return doors.warnings();
  }

  /** A request of another route begins. */
  private void passing(RoutingContext passing) {
    Runnable over = intake.pass(passing.request());
    if (over != null) {
      passing.addEndHandler(ended -> over.run());
      passing.addHeadersEndHandler(head -> intake.lastLines(passing.request()));
      // A body that is wrong is not the end, it is still answered; a client that leaves closes.
      passing.response().exceptionHandler(null);
      passing.next();
    }
  }
}
