package org.cistern.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistake in a route file stops the start with a sentence that says where and what. */
class WrongRoutesTest {

  @TempDir Path folder;

  private String refusal(RouteFolder routes) {
    Throwable thrown =
        catchThrowable(() -> GatewayUnderTest.in(folder).routes(routes.path()).start().close());
    assertThat(thrown).isNotNull();
    return String.valueOf(requireNonNull(thrown.getCause()).getMessage());
  }

  @Test
  void anUnknownStep() {
    RouteFolder routes = RouteFolder.copyIn(folder).replace("api", "cistern:l3", "cistern:l9");

    assertThat(refusal(routes))
        .startsWith("routes: ")
        .contains("api.camel.yaml", "step l3", "cistern:l9 is not a step", "match, l1, l2")
        .doesNotContain("\n");
  }

  @Test
  void anUnknownOptionOfAStep() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).replace("api", "from: direct:upstream", "form: direct:upstream");

    assertThat(refusal(routes))
        .contains("api.camel.yaml", "step fetch", "no option 'form'")
        .doesNotContain("\n");
  }

  @Test
  void aFetchFromARouteThatIsNotThere() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).replace("api", "from: direct:upstream", "from: direct:upsteam");

    assertThat(refusal(routes))
        .startsWith("routes: ")
        .contains("api.camel.yaml", "step fetch: no route begins with direct:upsteam")
        .doesNotContain("\n");
  }

  @Test
  void anUnknownWordOfTheLanguage() {
    RouteFolder routes = RouteFolder.copyIn(folder).before("api", "l1", "- ask: {id: what}\n");

    assertThat(refusal(routes)).contains("api.camel.yaml", "ask").doesNotContain("\n");
  }

  @Test
  void textThatIsNotYaml() {
    RouteFolder routes = RouteFolder.copyIn(folder).write("broken", "- route:\n   id: [\n");

    assertThat(refusal(routes)).contains("broken.camel.yaml", "line").doesNotContain("\n");
  }

  @Test
  void aComponentThatIsNotThere() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).before("api", "l1", "- to: {id: what, uri: 'nowhere:x'}\n");

    assertThat(refusal(routes))
        .contains("api.camel.yaml", "step what", "nowhere")
        .doesNotContain("\n");
  }

  @Test
  void twoRoutesThatTakeTheSameRequests() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).write("other", door("path: /\n        httpMethodRestrict: GET"));

    assertThat(refusal(routes))
        .contains("'api'", "'other'", "both take the requests of / and below")
        .doesNotContain("\n");
  }

  @Test
  void anOptionThatTheEventLoopDoesNotKnow() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .write("other", door("path: /x/{id}\n        consumes: text/plain"));

    assertThat(refusal(routes))
        .contains("route 'other'", "consumes has no effect", "{…} in a path has no effect");
  }

  @Test
  void noRouteThatTakesRequests() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .replace("api", "uri: platform-http", "uri: direct:nobody")
            .replace("api", "path: /", "block: true")
            .replace("api", "matchOnUriPrefix: true", "timeout: 1000")
            .replace("api", "useBodyHandler: false", "failIfNoConsumers: true")
            .replace("demonstration", "uri: platform-http", "uri: direct:nobody-either")
            .replace("demonstration", "path: /demonstration", "block: true")
            .replace("demonstration", "matchOnUriPrefix: true", "timeout: 1000");

    assertThat(refusal(routes)).contains("no route takes requests").doesNotContain("\n");
  }

  private static String door(String options) {
    return """
        - route:
            id: other
            from:
              uri: platform-http
              parameters:
                matchOnUriPrefix: true
                useBodyHandler: false
                %s
              steps:
                - setBody: {expression: {constant: {expression: other}}}
        """
        .formatted(options);
  }
}
