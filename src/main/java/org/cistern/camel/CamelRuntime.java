package org.cistern.camel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.ShutdownStrategy;
import org.cistern.camel.flow.FlowExecutor;
import org.cistern.camel.flow.StandbyErrorHandlers;
import org.cistern.camel.guard.Guard;
import org.cistern.camel.guard.StepPlace;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.jspecify.annotations.Nullable;

/** Camel, which runs the routes: told where they are and what they stand on, then watched. */
final class CamelRuntime extends MainListenerSupport {

  private final Main main = new Main();
  private final Gateway gateway;
  private @Nullable RouteLoader loader;
  private @Nullable Guard guard;

  /**
   * Makes it; no route runs yet.
   *
   * @param file what routes and Camel find in {@code application.properties}
   */
  CamelRuntime(Settings settings, Properties file, RouteFolder routes, Gateway gateway) {
    this.gateway = gateway;
    configure(settings, file, routes);
  }

  private void configure(Settings settings, Properties file, RouteFolder routes) {
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
    main.addMainListener(this);
  }

  @Override
  public void beforeConfigure(BaseMainSupport starting) {
    CamelContext context = starting.getCamelContext();
    loader = RouteLoader.install(context);
    FlowExecutor.install(context);
    StandbyErrorHandlers.install(context);
    guard = Guard.install(context, gateway.services().workers(), gateway.services().bodies());
  }

  /**
   * Starts the routes.
   *
   * @throws Exception where one is wrong; {@link #explain} has words for it
   */
  CamelContext start() throws Exception {
    main.start();
    checkRoutes(main.getCamelContext());
    return main.getCamelContext();
  }

  /** Returns the steps that run on a worker because they may block. */
  List<StepPlace> wrapped(CamelContext context) {
    Guard installed = guard;
    return installed == null ? List.of() : installed.wrapped(context);
  }

  /** Returns a sentence for each thing about the routes that may be meant, and may be not. */
  List<String> warnings(CamelContext context) {
    Guard installed = guard;
    return installed == null ? List.of() : installed.warnings(context);
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

  /** Throws a sentence for a failure of the start, where there is one. */
  void explain(Throwable failure) {
    String mistake = mistake(failure);
    if (mistake != null) {
      SettingsException explained = new SettingsException(List.of(mistake));
      explained.initCause(failure);
      throw explained;
    }
  }

  private @Nullable String mistake(Throwable failure) {
    Guard installed = guard;
    RouteLoader read = loader;
    String known = installed == null ? null : installed.mistake(failure);
    return known == null && read != null ? read.mistake(failure) : known;
  }

  /**
   * Stops the routes: what they do beside requests has the rest of the time, and no more than Camel
   * is told to wait.
   */
  void stop(Duration rest) {
    CamelContext context = main.getCamelContext();
    if (context != null) {
      ShutdownStrategy stopping = context.getShutdownStrategy();
      long told = stopping.getTimeUnit().toMillis(stopping.getTimeout());
      stopping.setTimeUnit(TimeUnit.MILLISECONDS);
      stopping.setTimeout(Math.max(1, Math.min(told, rest.toMillis())));
    }
    main.stop();
  }
}
