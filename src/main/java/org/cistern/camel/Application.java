package org.cistern.camel;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.ShutdownStrategy;
import org.cistern.camel.engine.ManagementServer;
import org.cistern.camel.flow.FlowExecutor;
import org.cistern.camel.flow.StandbyErrorHandlers;
import org.cistern.camel.guard.Guard;
import org.cistern.camel.guard.StepPlace;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.purge.Purges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway with its routes: Camel runs the routes, and the gateway what they stand on. */
public final class Application implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final Settings settings;
  private final RouteFolder routes;
  private final InstantSource clock;
  private final Main main = new Main();
  private final Gateway gateway;
  private @Nullable ManagementServer management;
  private @Nullable Guard guard;

  /**
   * Makes the application; nothing listens yet.
   *
   * @param file what routes and Camel find in {@code application.properties}
   * @param routes the folder of the routes; where it holds none, those inside the program run
   * @throws SettingsException where settings or rules are wrong
   */
  public Application(Settings settings, Properties file, Path routes, InstantSource clock) {
    this.settings = settings;
    this.routes = new RouteFolder(routes);
    this.clock = clock;
    this.gateway = Gateway.of(settings, clock);
    try {
      configure(file);
    } catch (Throwable e) {
      // Whoever called has nothing to close, and its threads would keep the JVM alive.
      gateway.close();
      throw e;
    }
  }

  private void configure(Properties file) {
    main.addOverrideProperty("camel.main.routesIncludePattern", routes.pattern());
    main.addOverrideProperty("camel.component.kamelet.location", routes.kamelets());
    // The signal is ours: requests drain before the routes stop.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.bind("cisternFileProperties", new FileProperties(file));
    main.setDefaultPropertyPlaceholderLocation("classpath:cistern-defaults.properties");
    settings.texts().forEach((setting, text) -> main.addOverrideProperty(setting.key(), text));
    main.addOverrideProperty(
        "cistern.demonstration", String.valueOf(!settings.has(Setting.UPSTREAM_URL)));
    // The delay step of a route takes milliseconds.
    main.addOverrideProperty(
        Setting.DEMONSTRATION_DELAY.key(),
        String.valueOf(settings.time(Setting.DEMONSTRATION_DELAY).toMillis()));
    main.bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, gateway.engine());
    main.bind("cisternServices", gateway.services());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport starting) {
            RouteLoader.install(starting.getCamelContext());
            FlowExecutor.install(starting.getCamelContext());
            StandbyErrorHandlers.install(starting.getCamelContext());
            guard =
                Guard.install(
                    starting.getCamelContext(),
                    gateway.services().workers(),
                    gateway.services().bodies());
          }
        });
  }

  private void listen(CamelContext context) {
    gateway.start(clock);
    ManagementServer server =
        new ManagementServer(
            settings,
            context,
            gateway::scrape,
            () -> Conditions.of(gateway),
            gateway.engine()::draining);
    management = server;
    join(
        server.listen(
            settings.count(Setting.MANAGEMENT_PORT), settings.text(Setting.MANAGEMENT_HOST)),
        new Deafness(settings, Setting.MANAGEMENT_HOST, Setting.MANAGEMENT_PORT));
    join(gateway.engine().listen(), new Deafness(settings, Setting.HOST, Setting.PORT));
    LOG.info("{}", Banner.of(gateway, context, server.port(), wrapped(context), routes));
  }

  private List<StepPlace> wrapped(CamelContext context) {
    Guard installed = guard;
    return installed == null ? List.of() : installed.wrapped(context);
  }

  private static void join(Future<Void> listening, Deafness otherwise) {
    try {
      listening.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new SettingsException(List.of(otherwise.sentence(e.getCause())));
    }
  }

  /** Starts, and waits until a signal stops it. */
  public void run() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    close();
                  } finally {
                    stopped.countDown();
                  }
                },
                "cistern-shutdown"));
    stopped.await();
  }

  /**
   * Starts and returns once it listens.
   *
   * @throws Exception where a route is wrong or a port taken; nothing runs then
   */
  public void start() throws Exception {
    try {
      main.start();
      checkRoutes(main.getCamelContext());
      listen(main.getCamelContext());
    } catch (Throwable e) {
      closeAfter(e);
      explain(e);
      throw e;
    }
  }

  /** What fails as well must not hide why it has to be closed. */
  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException | Error further) {
      failure.addSuppressed(further);
    }
  }

  private void checkRoutes(CamelContext context) {
    Guard installed = guard;
    List<String> mistakes = new ArrayList<>(gateway.engine().mistakes());
    if (installed != null) {
      mistakes.addAll(installed.mistakes(context));
    }
    if (!mistakes.isEmpty()) {
      throw new SettingsException(mistakes);
    }
  }

  private void explain(Throwable failure) {
    Guard installed = guard;
    String mistake = installed == null ? null : installed.mistake(failure);
    if (mistake != null) {
      SettingsException explained = new SettingsException(List.of(mistake));
      explained.initCause(failure);
      throw explained;
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return gateway.engine().getServerPort();
  }

  /** Returns the purge log. */
  public Purges purges() {
    return gateway.services().purges();
  }

  /** Returns the port of metrics and health. */
  public int managementPort() {
    ManagementServer server = management;
    return server == null ? -1 : server.port();
  }

  private void stop() {
    Duration rest = Duration.ZERO;
    try {
      gateway.hurry();
      rest = gateway.engine().drain(settings.time(Setting.DRAIN_TIMEOUT));
    } finally {
      stopRoutes(rest);
    }
  }

  /** What else the routes do has the rest of the time, and no more than Camel is told to wait. */
  private void stopRoutes(Duration rest) {
    CamelContext context = main.getCamelContext();
    if (context != null) {
      ShutdownStrategy stopping = context.getShutdownStrategy();
      long told = stopping.getTimeUnit().toMillis(stopping.getTimeout());
      stopping.setTimeUnit(TimeUnit.MILLISECONDS);
      stopping.setTimeout(Math.max(1, Math.min(told, rest.toMillis())));
    }
    main.stop();
  }

  /** Takes no more work, lets what is under way finish, writes what is queued, and ends. */
  @Override
  public void close() {
    Closings end = new Closings();
    end.add(this::closeManagement);
    end.add(gateway::close);
    end.add(this::stop);
    end.close();
  }

  private void closeManagement() {
    if (management != null) {
      management.close();
    }
  }
}
