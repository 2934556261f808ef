package org.cistern.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in a route file stops the start with a sentence that says where and what. */
class WrongRoutesTest {

  private static final String NO_COMPONENT =
      "there is no component 'nowhere': its jar is not on the class path";
  private static final String NO_CLASS = "there is no class com.nope.X on the class path";

  private static final String FORWARD = "- to: {id: misplaced, uri: 'cistern:forward'}";
  private static final String RESPOND = "- to: {id: misplaced, uri: 'cistern:respond'}";

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
  void aPathByWhichNothingEnters() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .write(
                "odd",
                """
                - route:
                    id: odd
                    from:
                      uri: platform-http:/own/v{n}
                      steps:
                        - setBody: {constant: odd}
                """);

    assertThat(refusal(routes))
        .startsWith("routes: the path of route 'odd' has the segment 'v{n}', by which")
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
  void aStepOfTheUpstreamRouteInTheFrontRoute() {
    RouteFolder routes = RouteFolder.copyIn(folder).before("api", "l1", FORWARD);

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:forward stands in route 'api', which takes requests; it belongs in one"
                + " that fetch asks");
  }

  @Test
  void aStepOfTheFrontRouteInTheUpstreamRoute() {
    RouteFolder routes = RouteFolder.copyIn(folder).before("upstream", "forward", RESPOND);

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:respond stands in route 'upstream', which fetch asks; it belongs in"
                + " one that takes requests");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: {id: misplaced, uri: 'kamelet:cistern-forward-action'}",
        "- kamelet: {id: misplaced, name: cistern-forward-action}"
      })
  void aTileOfTheUpstreamRouteInTheFrontRoute(String tile) {
    RouteFolder routes = RouteFolder.copyIn(folder).before("api", "l1", tile);

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:forward stands in route 'api', which takes requests; it belongs in one"
                + " that fetch asks");
  }

  @Test
  void aTileOfTheFrontRouteInTheUpstreamRoute() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .before("upstream", "forward", "- to: {id: l, uri: 'kamelet:cistern-l1-action'}");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:l1 stands in route 'upstream', which fetch asks; it belongs in one that"
                + " takes requests");
  }

  @Test
  void aStepOfTheUpstreamRouteInAPartOfTheFrontRoute() {
    RouteFolder routes =
        own("sub", "direct:sub", FORWARD).before("api", "l1", "- to: {id: s, uri: 'direct:sub'}");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:forward stands in route 'sub', part of route 'api', which takes"
                + " requests; it belongs in one that fetch asks");
  }

  @Test
  void aStepOfTheFrontRouteInAPartOfTheUpstreamRoute() {
    RouteFolder routes =
        own("sub", "direct:sub", RESPOND)
            .before("upstream", "forward", "- to: {id: s, uri: 'direct:sub'}");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: cistern:respond stands in route 'sub', part of route 'upstream', which fetch"
                + " asks; it belongs in one that takes requests");
  }

  @Test
  void aFetchFromARouteThatSomebodyMayStartLaterIsAWarning() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .replace("upstream", "id: upstream\n", "id: upstream\n    autoStartup: 'false'\n");
    try (Log log = new Log()) {
      GatewayUnderTest.in(folder).routes(routes.path()).start().close();

      assertThat(log.text())
          .contains(
              "WARNING      routes: "
                  + file(routes, "api")
                  + ", step fetch: route 'upstream', which it asks, has autoStartup: false: until it"
                  + " is started, every miss fails");
    }
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: {id: what, uri: 'nowhere:x'}",
        "- to: {id: what, uri: nowhere, parameters: {query: 'select a:b'}}"
      })
  void aComponentThatIsNotThere(String step) {
    RouteFolder routes = RouteFolder.copyIn(folder).before("api", "l1", step);

    assertThat(refusal(routes))
        .isEqualTo("routes: " + file(routes, "api") + ", step what: " + NO_COMPONENT);
  }

  @Test
  void aComponentThatIsNotThereAtTheBeginningOfARoute() {
    RouteFolder routes = own("own", "nowhere:x", "- log: {id: hello, message: hello}");

    assertThat(refusal(routes))
        .isEqualTo("routes: " + file(routes, "own") + ", from: " + NO_COMPONENT);
  }

  @Test
  void anUnknownOptionOfTheBeginningOfARoute() {
    RouteFolder routes = own("own", "direct:own?wat=1", "- log: {id: hello, message: hello}");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: "
                + file(routes, "own")
                + ", from: it has no option 'wat'; see its form or page");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- bean: {id: mine, beanType: com.nope.X}",
        "- to: {id: mine, uri: 'class:com.nope.X'}"
      })
  void aClassThatIsNotThere(String step) {
    RouteFolder routes = own("own", "direct:own", step);

    assertThat(refusal(routes))
        .isEqualTo("routes: " + file(routes, "own") + ", step mine: " + NO_CLASS);
  }

  @Test
  void aBeanWhoseClassIsNotThere() {
    RouteFolder routes =
        RouteFolder.copyIn(folder).write("own", "- beans: [{name: mine, type: com.nope.X}]\n");

    assertThat(refusal(routes))
        .isEqualTo("routes: " + file(routes, "own") + ", bean mine: " + NO_CLASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- route: {from: {uri: 'direct:own', steps: [{bean: {id: mine, beanType: %s}}]}}\n",
        "- beans: [{name: mine, type: %s}]\n"
      })
  void aClassWhoseInitialiserThrows(String route) {
    RouteFolder routes =
        RouteFolder.copyIn(folder).write("own", route.formatted(BrokenStep.class.getName()));

    assertThat(refusal(routes))
        .startsWith("routes: " + file(routes, "own"))
        .contains("class " + BrokenStep.class.getName() + " cannot be loaded: ")
        .doesNotContain("\n");
  }

  /** The gateway of the first start is closed, or it would have the storage folder still. */
  @Test
  void aFolderThatCannotBeRead() {
    RouteFolder routes = RouteFolder.copyIn(folder);
    Path impossible = Path.of("x".repeat(300));

    assertThatThrownBy(() -> GatewayUnderTest.in(folder).routes(impossible).start())
        .hasMessage(impossible + "/ cannot be read: file name too long");
    GatewayUnderTest.in(folder).routes(routes.path()).start().close();
  }

  @Test
  void aBeanOfThePropertiesWhoseClassIsNotThere() {
    System.setProperty("camel.beans.mine", "#class:com.nope.X");
    try {
      assertThat(refusal(RouteFolder.copyIn(folder)))
          .isEqualTo("application.properties, camel.beans: " + NO_CLASS);
    } finally {
      System.clearProperty("camel.beans.mine");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "component.seda.nonsense | s3cret | component.seda.nonsense is not an option",
        "main.nonsense | s3cret | main.nonsense is not an option",
        "health.enabled | maybe | health.enabled is 'maybe', which is not a value of its kind",
        "component.seda.defaultQueueFactory | #class:com.nope.X"
            + " | component.seda.defaultQueueFactory: there is no class com.nope.X on the class path",
        "component.nope.x | 1"
            + " | component.nope.x: there is no component 'nope': its jar is not on the class path"
      })
  void aPropertyOfCamelIsNamed(String key, String value, String mistake) {
    assertThat(refusal("camel." + key, value))
        .isEqualTo("application.properties: camel." + mistake);
  }

  @Test
  void aPropertyOfABeanThatIsNotThere() {
    assertThat(refusal("camel.beans.mine.foo", "1"))
        .isEqualTo(
            "application.properties: there is no bean camel.beans.mine, of which properties are"
                + " set");
  }

  @Test
  void aPropertyThatAPlaceholderNamesAndThatIsNotThere() {
    assertThat(refusal("camel.component.seda.queueSize", "{{nope}}"))
        .isEqualTo("application.properties: there is no property nope, which {{nope}} asks for");
  }

  private String refusal(String property, String value) {
    System.setProperty(property, value);
    try {
      return refusal(RouteFolder.copyIn(folder));
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPathWithoutItsSlash(boolean worker) {
    RouteFolder routes =
        own("own", "platform-http:hi?useBodyHandler=" + worker, "- stop: {id: end}");

    assertThat(refusal(routes))
        .isEqualTo("routes: route 'own' has the path 'hi'; allowed is one that begins with /");
  }

  @Test
  void aFileWithNothingInIt() {
    RouteFolder routes = RouteFolder.copyIn(folder).write("own", "\n");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: " + file(routes, "own") + ": it is empty; allowed is a file with a route");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- route: | the route has no 'from'",
        "- route: {} | the route has no 'from'",
        "- rest: | there is nothing under 'rest'",
        "- from: {uri: 'direct:a', steps: [stop: ]} | there is nothing under 'stop'",
        "- from: {uri: 'direct:a', steps: [setBody: a]} | setBody has a text; allowed are its parts"
      })
  void aRouteOrStepWithoutItsParts(String text, String what) {
    RouteFolder routes = RouteFolder.copyIn(folder).write("own", text + "\n");

    assertThat(refusal(routes)).isEqualTo("routes: " + file(routes, "own") + ", line 1: " + what);
  }

  @Test
  void aFileThatCannotBeRead() {
    RouteFolder routes = own("own", "direct:own", "- stop: {id: end}");
    File own = routes.path().resolve("own.camel.yaml").toFile();
    assumeTrue(own.setReadable(false) && !Files.isReadable(own.toPath()), "root reads it");

    assertThat(refusal(routes))
        .isEqualTo("routes: " + file(routes, "own") + ": it cannot be read: permission denied");
  }

  @Test
  void aKameletThatIsNotThere() {
    RouteFolder routes = own("own", "direct:own", "- to: {id: mine, uri: 'kamelet:nobody'}");

    assertThat(refusal(routes))
        .startsWith("routes: kamelet nobody: Resource not found: ")
        .doesNotContain("\n");
  }

  @Test
  void aPropertyThatABeanDoesNotHaveIsNamedWithoutItsValue() {
    RouteFolder routes =
        RouteFolder.copyIn(folder)
            .write(
                "own",
                "- beans: [{name: mine, type: java.lang.Thread, properties: {pasword: s3cret}}]\n");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: " + file(routes, "own") + ", bean mine: its property 'pasword' cannot be set");
  }

  @Test
  void twoRoutesOfTheSameIdAreNamedWithTheirFiles() {
    RouteFolder routes = own("api", "direct:own", "- log: {id: hello, message: hello}");

    assertThat(refusal(routes))
        .isEqualTo(
            "routes: "
                + file(routes, "api")
                + " and "
                + file(routes, "own")
                + ": the id 'api' is there more than once");
  }

  @Test
  void twoStepsOfTheSameId() {
    RouteFolder routes = own("own", "direct:own", "- log: {id: l1, message: hello}");

    assertThat(refusal(routes))
        .contains(".camel.yaml: the id 'l1' is there more than once")
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

  @Test
  void noRouteThatTakesWhatNoOtherDoesIsAWarning() {
    RouteFolder routes = RouteFolder.copyIn(folder).replace("api", "path: /", "path: /api");
    try (Log log = new Log()) {
      GatewayUnderTest.in(folder).routes(routes.path()).start().close();

      assertThat(log.text())
          .contains(
              "WARNING      routes: no route takes / and below, so whatever the others do not");
    }
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

  @Test
  void twoRoutesThatBeginAlike() {
    RouteFolder routes = own("own", "direct:upstream", "- log: {id: hello, message: hello}");

    assertThat(refusal(routes))
        .startsWith("routes: file:")
        .contains(".camel.yaml: Multiple consumers", "direct://upstream")
        .doesNotContain("\n");
  }

  private RouteFolder own(String id, String from, String step) {
    String route = "- route: {id: %s, from: {id: door, uri: '%s', steps: [%s]}}\n";
    return RouteFolder.copyIn(folder)
        .write("own", route.formatted(id, from, "{" + step.substring(2) + "}"));
  }

  private static String file(RouteFolder routes, String name) {
    return "file:" + routes.path() + "/" + name + ".camel.yaml";
  }
}
