package org.cistern.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A {@code platform-http} route as Camel ships it: stock engine, worker threads, one fixed body.
 *
 * <p>JMX and observability are off, so what is measured is the consumer and nothing around it.
 */
public final class StockRoute {

  private StockRoute() {}

  /** Answers {@code /f/1k} with the file {@code args[1]} on port {@code args[0]}. */
  public static void main(String[] args) throws Exception {
    String body = Files.readString(Path.of(args[1]));
    CamelContext context = new DefaultCamelContext();
    context.disableJMX();
    context.addService(new VertxPlatformHttpServer(on(Integer.parseInt(args[0]))));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("platform-http:/f/1k").setBody(constant(body));
          }
        });
    context.start();
  }

  private static VertxPlatformHttpServerConfiguration on(int port) {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost("127.0.0.1");
    configuration.setBindPort(port);
    return configuration;
  }
}
