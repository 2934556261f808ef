package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.service.ServiceSupport;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RequestIds;
import org.cistern.camel.engine.log.AccessLog;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.camel.engine.log.LoggedQuery;
import org.cistern.camel.engine.write.Closing;
import org.cistern.camel.engine.write.StatusNote;
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

  private static final Supplier<Reply> NO_ROUTE =
      () -> Refusals.problem(503, "No route", "No route of the gateway takes requests yet.");

  private static final Supplier<Reply> VERSION =
      () ->
          Refusals.problem(
              505, "HTTP version not supported", "HTTP 1.0, 1.1 and 2 are understood, no other.");

  private final Vertx vertx;
  private final FrontServer server;
  private final Intake intake;
  private final @Nullable AccessLog log;
  private final Router router;
  private final Claims claims = new Claims();
  private final @Nullable DemonstrationDoor demonstration;
  private final int port;
  private final Duration drainDelay;
  private volatile @Nullable Handler<HttpServerRequest> front;
  private @Nullable CamelContext camelContext;

  /**
   * Makes the engine; it does not listen yet.
   *
   * @param secrets the parameters whose values the access log does not show
   */
  public FrontEngine(
      Vertx vertx,
      Settings settings,
      InstantSource clock,
      CallListener listener,
      Supplier<Set<String>> secrets) {
    this.vertx = vertx;
    this.port = settings.count(Setting.PORT);
    this.router = Router.router(vertx);
    this.demonstration =
        settings.has(Setting.UPSTREAM_URL) ? null : DemonstrationDoor.open(vertx, router);
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
    this.server =
        new FrontServer(
            vertx,
            options.setPort(port),
            Runtime.getRuntime().availableProcessors(),
            settings.count(Setting.MAX_CONNECTIONS),
            this::dispatch,
            intake.refused()::malformed);
    this.drainDelay = settings.time(Setting.DRAIN_DELAY);
    router.route().order(Integer.MIN_VALUE).handler(this::passing);
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

  /** Lets calls under way finish, for as long as that; blocks. New ones close their connection. */
  public void drain(Duration longest) {
    intake.drain();
    if (server.port() >= 0) {
      pause(drainDelay);
    }
    server.goAway();
    new Drain(intake::underWay, server::open).await(longest);
    if (log != null) {
      log.close();
    }
  }

  /**
   * Whoever balances over several gateways has to notice first that this one is leaving; one that
   * never listened is not waited for.
   */
  private static void pause(Duration delay) {
    long end = System.nanoTime() + delay.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    if (!endpoint.isUseBodyHandler()) {
      return new FrontConsumer(endpoint, processor, this, intake);
    }
    return new ClaimingConsumer(endpoint, processor, bindRouter(endpoint), claims);
  }

  /** Opens or, with null, shuts the front door. */
  void front(@Nullable Handler<HttpServerRequest> handler) {
    this.front = handler;
  }

  private void dispatch(HttpServerRequest request) {
    try {
      if (!Closing.isAnnounced(request)) {
        admit(request);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "the request {} {} could not be handled", request.method(), pathOf(request.uri()), e);
      intake
          .refused()
          .with(
              request,
              Refusals.problem(500, "Gateway failed", "The gateway failed; the log has more."));
    }
  }

  private void admit(HttpServerRequest request) {
    if (request.version() == null) {
      intake.refused().with(request, VERSION.get());
      return;
    }
    String problem = Framing.problem(request);
    if (problem == null) {
      route(request);
    } else {
      intake.refused().badRequest(request, 400, problem);
    }
  }

  private void route(HttpServerRequest request) {
    Handler<HttpServerRequest> door = front;
    if (claims.covers(pathOf(request.uri()))) {
      router.handle(request);
    } else if (door != null) {
      door.handle(request);
    } else {
      request.response().putHeader("retry-after", "1");
      intake.refused().with(request, NO_ROUTE.get());
    }
  }

  /** A request of another route begins. */
  private void passing(RoutingContext passing) {
    Runnable over = intake.pass(passing.request());
    if (over != null) {
      passing.addEndHandler(ended -> over.run());
      goOn(passing.request());
      passing.next();
    }
  }

  /** Other routes read the whole body first, so the client may send it at once. */
  private static void goOn(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.EXPECT)
        && request.version() != HttpVersion.HTTP_1_0) {
      request.response().writeContinue();
    }
  }

  private static String pathOf(@Nullable String uri) {
    if (uri == null) {
      return "";
    }
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private String bindRouter(PlatformHttpEndpoint endpoint) {
    String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
    CamelContext context = endpoint.getCamelContext();
    if (context.getRegistry().lookupByName(name) == null) {
      VertxPlatformHttpServer unused =
          new VertxPlatformHttpServer(new VertxPlatformHttpServerConfiguration());
      context.getRegistry().bind(name, new VertxPlatformHttpRouter(unused, vertx, router, name));
    }
    return name;
  }
}
