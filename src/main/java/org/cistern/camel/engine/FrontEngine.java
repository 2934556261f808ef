package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
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
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.http.ForwardingNotation;
import org.cistern.http.TrustedProxies;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind {@code platform-http}: a route whose endpoint says {@code useBodyHandler=false}
 * runs on the event loop that its request came on; every other one on a worker thread, as Camel has
 * it.
 */
public final class FrontEngine extends ServiceSupport
    implements PlatformHttpEngine, CamelContextAware {

  private final Vertx vertx;
  private final FrontServer server;
  private final Intake intake;
  private final Router router;
  private final Claims claims = new Claims();
  private final int port;
  private volatile @Nullable Handler<HttpServerRequest> front;
  private @Nullable CamelContext camelContext;

  /** Makes the engine; it does not listen yet. */
  public FrontEngine(Vertx vertx, Settings settings, InstantSource clock, CallListener listener) {
    this.vertx = vertx;
    this.port = FreePort.resolve(settings.count(Setting.PORT));
    this.router = Router.router(vertx);
    this.intake = new Intake(entrance(settings), clock, listener);
    this.server =
        new FrontServer(
            vertx,
            ServerOptions.of(settings).setPort(port),
            Runtime.getRuntime().availableProcessors(),
            settings.count(Setting.MAX_CONNECTIONS),
            this::dispatch);
  }

  private static Entrance entrance(Settings settings) {
    boolean standard = "forwarded".equals(settings.text(Setting.FORWARDED));
    return new Entrance(
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

  @Override
  public int getServerPort() {
    return port;
  }

  /** Returns the server. */
  public FrontServer server() {
    return server;
  }

  /** Begins to listen; fails where the port is taken. */
  public Future<Void> listen() {
    return server.listen();
  }

  /** Tells whether the gateway is going down. */
  public boolean draining() {
    return intake.isDraining();
  }

  /** Lets calls under way finish, for as long as that; blocks. New ones close their connection. */
  public void drain(Duration longest) {
    intake.drain();
    server.goAway();
    Drain.await(intake::underWay, longest);
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
    Handler<HttpServerRequest> door = front;
    if (claims.covers(pathOf(request.uri()))) {
      router.handle(request);
    } else if (door != null) {
      door.handle(request);
    } else {
      request.response().setStatusCode(503).putHeader("retry-after", "1").end();
    }
  }

  private static String pathOf(String uri) {
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
