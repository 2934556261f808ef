package org.cistern;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.cistern.camel.engine.FrontEngine;

/** Starts the gateway. */
public final class Cistern {

  private Cistern() {}

  /** Starts the gateway and waits until it is stopped by a signal. */
  public static void main(String[] args) throws Exception {
    Main main = new Main(Cistern.class);
    main.setDefaultPropertyPlaceholderLocation(
        "file:application.properties;optional=true,classpath:cistern-defaults.properties;optional=true");
    FrontEngine engine =
        new FrontEngine(
            io.vertx.core.Vertx.vertx(
                new io.vertx.core.VertxOptions()
                    .setPreferNativeTransport(true)
                    .setEventLoopPoolSize(1)),
            org.cistern.camel.settings.SettingsLoader.load(
                System.getenv(), new java.util.Properties()),
            java.time.InstantSource.system(),
            (c, st, n) -> {});
    main.bind("platform-http-engine", engine);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void afterStart(BaseMainSupport m) {
            engine.server().listenNow();
          }
        });
    main.run(args);
  }
}
