package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests enter which route. */
class FrontDoorsTest {

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder);
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start();
  }

  private RouteFolder route(String name, String path, String options) {
    return routes.write(
        name,
        """
        - route:
            id: %s
            from:
              uri: platform-http
              parameters: {path: '%s', %s}
              steps:
                - setBody: {expression: {constant: {expression: %s}}}
        """
            .formatted(name, path, options, name));
  }

  @Test
  void aSecondRouteOnTheEventLoopTakesItsOwnPathAndNoOther() {
    route("ping", "/ping", "useBodyHandler: false");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/ping").body()).isEqualTo("ping");
      assertThat(gateway.get("/ping/x").body()).startsWith("origin: ");
      assertThat(gateway.get("/other").body()).startsWith("origin: ");
    }
  }

  @Test
  void theClosestRouteTakesARequestWhicheverThreadItRunsOn() {
    route("wide", "/a", "matchOnUriPrefix: true");
    route("near", "/a/b", "matchOnUriPrefix: true, useBodyHandler: false");
    route("exact", "/a/b/c", "useBodyHandler: true");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a/x").body()).isEqualTo("wide");
      assertThat(gateway.get("/a/b").body()).isEqualTo("near");
      assertThat(gateway.get("/a/b/c").body()).isEqualTo("exact");
      assertThat(gateway.get("/a/b/c/d").body()).isEqualTo("near");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"//guard/a", "/guard//../a", "/guard;v=1/a", "/guard/;v=1", "/guard%2fa"})
  void noSpellingGoesPastTheRouteThatGuardsAPath(String path) {
    route("guard", "/guard", "matchOnUriPrefix: true");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/guard/a").body()).isEqualTo("guard");
      assertThat(gateway.get("/files;v=1//a").body()).startsWith("origin: ");

      String raw =
          gateway.exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(raw).doesNotContain("origin: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/guard", "/guard/", "//guard", "/guard;v=1", "/guard/;v=1", "/%67uard/"})
  void noSpellingGoesPastARouteForOnePathAlone(String path) {
    route("guard", "/guard", "httpMethodRestrict: GET");
    try (GatewayUnderTest gateway = start()) {
      assertThat(raw(gateway, path)).doesNotContain("origin: ");
      assertThat(gateway.get("/guard/").body()).isEqualTo("guard");
      assertThat(gateway.get("/guard/x").body()).startsWith("origin: ");
    }
  }

  @Test
  void aStarAtTheEndOfAPathIsForAllBelow() {
    route("wild", "/wild/*", "httpMethodRestrict: GET");
    try (GatewayUnderTest gateway = start()) {
      for (String path : List.of("/wild", "/wild/", "/wild/a", "/wild/a/b")) {
        assertThat(gateway.get(path).body()).isEqualTo("wild");
      }
      assertThat(gateway.get("/wilder").body()).startsWith("origin: ");
    }
  }

  @Test
  void theFrontRouteTakesOnlyWhatItsEndpointNames() {
    routes.replace("api", "path: /", "path: /api");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/api/x").body()).startsWith("origin: GET /api/x");
      assertThat(gateway.get("/apix").statusCode()).isEqualTo(404);
      assertThat(gateway.get("/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aMethodThatNoRouteTakesIs405WithThoseThatOneDoes() {
    routes.replace("api", "path: /", "path: /\n        httpMethodRestrict: GET,head");
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> refused = gateway.send("POST", "/x", "a");

      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("allow")).contains("GET, HEAD");
      assertThat(gateway.get("/x").body()).startsWith("origin: ");
    }
  }

  @Test
  void twoRoutesShareAPathByTheirMethods() {
    routes.replace("api", "path: /", "path: /\n        httpMethodRestrict: GET");
    route("writes", "/", "matchOnUriPrefix: true, useBodyHandler: false, httpMethodRestrict: POST");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/x").body()).startsWith("origin: ");
      assertThat(gateway.send("POST", "/x", "a").body()).isEqualTo("writes");
    }
  }

  @Test
  void aClaimedPathIsNoOtherRoutesWithOtherMethods() {
    route("reads", "/own", "matchOnUriPrefix: true, httpMethodRestrict: GET");
    route("writes", "/own", "matchOnUriPrefix: true, httpMethodRestrict: 'POST,PUT'");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/own/x").body()).isEqualTo("reads");
      assertThat(gateway.send("PUT", "/own/x", "a").body()).isEqualTo("writes");

      HttpResponse<String> refused = gateway.send("DELETE", "/own/x", null);
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("allow")).contains("GET, HEAD, POST, PUT");
    }
    assertThat(origin.asked()).isZero();
  }

  @Test
  void whatAClaimDoesNotTakeAWiderClaimMayHave() {
    route("reads", "/users/me", "httpMethodRestrict: GET");
    route("writes", "/users/{id}", "httpMethodRestrict: PUT");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/users/me").body()).isEqualTo("reads");
      assertThat(gateway.send("PUT", "/users/me", "a").body()).isEqualTo("writes");
      assertThat(gateway.send("DELETE", "/users/me", null).headers().firstValue("allow"))
          .contains("GET, HEAD, PUT");
    }
  }

  @Test
  void withoutTheDemonstrationRouteTheGatewayDoesNotAskItself() throws IOException {
    Files.delete(routes.path().resolve("demonstration.camel.yaml"));
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).routes(routes.path()).start()) {
      HttpResponse<String> answer = gateway.get("/x");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(gateway.metrics()).contains("cistern_upstream_requests_total{");
      assertThat(gateway.metrics())
          .doesNotContainPattern("cistern_upstream_requests_total\\{[^}]*} ([2-9]|1\\d)");
    }
  }

  @Test
  void aRouteForGetTakesHeadToo() {
    route("worker", "/own", "httpMethodRestrict: GET");
    route("loop", "/ping", "useBodyHandler: false, httpMethodRestrict: GET");
    try (GatewayUnderTest gateway = start()) {
      for (String path : List.of("/own", "/ping")) {
        HttpResponse<String> head = gateway.send("HEAD", path, null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
      }
    }
    assertThat(origin.asked()).isZero();
  }

  @Test
  void unlessAnotherRouteIsForHead() {
    route("reads", "/own", "httpMethodRestrict: GET");
    route("heads", "/own", "httpMethodRestrict: HEAD");
    routes.replace("heads", "setBody: {", "setHeader: {name: X-By, ");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.send("HEAD", "/own", null).headers().firstValue("x-by")).contains("heads");
      assertThat(gateway.get("/own").body()).isEqualTo("reads");
    }
  }

  @Test
  void aTraceIsNoRoutes() {
    route("own", "/own", "matchOnUriPrefix: true");
    try (GatewayUnderTest gateway = start()) {
      HttpResponse<String> refused = gateway.send("TRACE", "/own", null);

      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("allow")).get().asString().contains("GET", "POST");
    }
  }

  @Test
  void aTargetInAbsoluteFormEntersByItsPath() {
    route("own", "/own", "matchOnUriPrefix: true");
    try (GatewayUnderTest gateway = start()) {
      assertThat(raw(gateway, "http://a/own/x?b=c")).contains("\r\nown\r\n");
      assertThat(raw(gateway, "http://a")).contains("origin: GET / ");
    }
  }

  @Test
  void anotherSpellingOfAPathEntersByTheSameDoor() {
    route("own", "/own", "matchOnUriPrefix: true");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/%6fwn/x").body()).isEqualTo("own");
      assertThat(gateway.get("/%6Fw%6e").body()).isEqualTo("own");
      assertThat(gateway.get("/ow%2Fn").body()).startsWith("origin: ");
    }
    assertThat(origin.asked()).isEqualTo(1);
  }

  @Test
  void aFolderWithRulesAloneHasTheRoutesOfTheProgram() throws Exception {
    Path alone = Files.createDirectory(folder.resolve("alone"));
    Files.copy(Path.of("routes/cache-rules.yaml"), alone.resolve("cache-rules.yaml"));
    try (GatewayUnderTest gateway =
        GatewayUnderTest.in(folder).routes(alone).upstream(origin.url()).start()) {
      assertThat(gateway.get("/x").body()).startsWith("origin: ");
    }
  }

  private static String raw(GatewayUnderTest gateway, String target) {
    return gateway.exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }
}
