package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HEAD over HTTP/2, sent to a route on a path of its own, has no content (RFC 9110 section 9.3.2).
 */
class OwnHeadTest {

  private static final String FAIL = "throwException: {exceptionType: java.io.IOException}";

  private GatewayUnderTest gateway;

  @BeforeEach
  void start(@TempDir Path folder) {
    RouteFolder routes = RouteFolder.copyIn(folder);
    route(routes, "text", "", "setBody: {constant: text}");
    route(routes, "bytes", "", "convertBodyTo: {type: 'byte[]'}");
    route(routes, "stream", "", "convertBodyTo: {type: java.io.InputStream}");
    route(routes, "failing", "", FAIL);
    route(routes, "telling", "?muteException=false", FAIL);
    gateway = GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private static void route(RouteFolder routes, String id, String options, String step) {
    routes.write(
        id,
        """
        - route:
            id: %s
            from:
              uri: platform-http:/own/%s%s
              steps:
                - setBody: {constant: before}
                - %s
        """
            .formatted(id, id, options, step));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({"text,200", "bytes,200", "stream,200", "failing,500", "telling,500", "..,400"})
  void whateverTheRouteAnswers(String id, int status) {
    HttpClientResponse answer =
        VersionedClient.ask(
            HttpVersion.HTTP_2, HttpMethod.HEAD, gateway.uri("/own/" + id), "", "text/plain");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body().result().length()).isZero();
  }
}
