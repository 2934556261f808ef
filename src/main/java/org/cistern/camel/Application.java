package org.cistern.camel;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.cistern.camel.engine.ManagementServer;
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
  private final Gateway gateway;
  private final CamelRuntime camel;
  private final Closings end = new Closings();
  private @Nullable ManagementServer management;

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
      this.camel = new CamelRuntime(settings, file, this.routes, gateway);
    } catch (Throwable e) {
      // Whoever called has nothing to close, and its threads would keep the JVM alive.
      gateway.close();
      throw e;
    }
    end.add(this::closeManagement);
    end.add(gateway::close);
    end.add(this::stop);
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
    LOG.info("{}", Banner.of(gateway, context, server.port(), camel, routes));
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
      listen(camel.start());
    } catch (Throwable e) {
      end.closeAfter(e);
      camel.explain(e);
      throw e;
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
      camel.stop(rest);
    }
  }

  /**
   * Takes no more work, lets what is under way finish, writes what is queued, and ends. A second
   * call does nothing.
   */
  @Override
  public void close() {
    end.close();
  }

  private void closeManagement() {
    if (management != null) {
      management.close();
    }
  }
}
