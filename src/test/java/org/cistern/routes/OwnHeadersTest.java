package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A route on a path of its own answers with the headers that it has set, and with no others. */
class OwnHeadersTest {

  private static final String EVIL =
      "?Set-Cookie=evil%3D1&Access-Control-Allow-Origin=*&Content-Encoding=gzip"
          + "&Content-Type=text/html&content-disposition=x&X-Twice=a&X-Twice=b"
          + "&CamelHttpResponseCode=418&camelhttpresponsecode=418";

  private static final String[] SECRETS = {
    "authorization", "Bearer SECRET",
    "cookie", "a=b",
    "accept", "x/y",
    "X-Own", "1",
    "content-type", "text/html"
  };

  private final Vertx vertx = Vertx.vertx();
  private GatewayUnderTest gateway;

  @BeforeEach
  void start(@TempDir Path folder) {
    RouteFolder routes = RouteFolder.copyIn(folder);
    route(routes, "plain", "");
    route(
        routes,
        "fresh",
        "- setHeader: {name: Cache-Control, expression: {constant: {expression: max-age=5}}}\n");
    route(routes, "forgetful", "- removeProperties: {pattern: '*'}\n");
    route(routes, "failing", "- throwException: {exceptionType: java.io.IOException}\n");
    route(routes, "setting", "- bean: {beanType: '" + Setting.class.getName() + "'}\n");
    route(
        routes,
        "passing-on",
        "- setHeader: {name: X-Seen, expression: {simple: {expression: '${header.x-told}'}}}\n");
    gateway = GatewayUnderTest.in(folder).routes(routes.path()).start();
  }

  private static void route(RouteFolder routes, String id, String steps) {
    routes.write(
        id,
        """
        - route:
            id: %s
            from:
              uri: platform-http:/own/%s
              steps:
        """
                .formatted(id, id)
            + (steps + "- setBody: {expression: {constant: {expression: mine}}}\n").indent(8));
  }

  @AfterEach
  void stop() {
    gateway.close();
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** An answer, of which the body is read. */
  private HttpClientResponse get(HttpVersion version, String target, String... headers) {
    return ask(version, HttpMethod.GET, target, "", headers);
  }

  private HttpClientResponse ask(
      HttpVersion version, HttpMethod method, String target, String body, String... headers) {
    HttpClientOptions options =
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false);
    return done(
        vertx
            .createHttpClient(options)
            .request(method, gateway.port(), "localhost", target)
            .compose(request -> with(request, headers).send(Buffer.buffer(body)))
            .compose(answer -> answer.body().map(answer)));
  }

  private static Set<String> names(HttpClientResponse answer) {
    return answer.headers().names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static HttpClientRequest with(HttpClientRequest request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.headers().add(headers[i], headers[i + 1]);
    }
    return request;
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void nothingThatTheRequestHasComesBack(HttpVersion version) {
    for (String id : List.of("plain", "forgetful")) {
      HttpClientResponse answer = get(version, "/own/" + id + EVIL, SECRETS);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().result().toString()).isEqualTo("mine");
      assertThat(names(answer)).isSubsetOf("transfer-encoding", "content-length", "date");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void anAnswerHasADate(HttpVersion version) {
    HttpClientResponse answer = get(version, "/own/plain?Date=evil", "date", "evil");

    assertThat(answer.headers().getAll("date")).singleElement().asString().endsWith(" GMT");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void norDoesItWhereTheRouteFails(HttpVersion version) {
    HttpClientResponse answer = get(version, "/own/failing" + EVIL, SECRETS);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(names(answer))
        .isSubsetOf("transfer-encoding", "content-length", "content-type", "date");
    assertThat(answer.getHeader("content-type")).startsWith("text/plain");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void norDoesAFieldOfAForm(HttpVersion version) {
    HttpClientResponse answer =
        ask(
            version,
            HttpMethod.POST,
            "/own/plain",
            "Set-Cookie=evil%3D1&X-Form=1&Content-Type=text/html&camelHttpResponseCode=418",
            "content-type",
            "application/x-www-form-urlencoded");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(names(answer)).isSubsetOf("transfer-encoding", "content-length", "date");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void whatTheRouteSetsGoesOutEvenWhereTheRequestSaysTheSame(HttpVersion version) {
    HttpClientResponse answer =
        get(
            version,
            "/own/setting?Content-Type=application/json&X-Frame-Options=DENY&X-List=a&X-List=b",
            "x-frame-options",
            "DENY");

    assertThat(answer.headers().getAll("x-frame-options")).containsExactly("DENY");
    assertThat(answer.headers().getAll("content-type")).containsExactly("application/json");
    assertThat(answer.headers().getAll("x-list")).containsExactly("mine");
    assertThat(answer.headers().getAll("set-cookie")).containsExactly("a=1", "b=2");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRouteMaySayForHowLongItsAnswerMayBeKept(HttpVersion version) {
    HttpClientResponse answer = get(version, "/own/fresh", "cache-control", "no-cache");

    assertThat(answer.headers().getAll("cache-control")).containsExactly("max-age=5");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRouteMayPassAFieldOfTheRequestOnByAnotherName(HttpVersion version) {
    HttpClientResponse answer = get(version, "/own/passing-on", "x-told", "yes");

    assertThat(answer.getHeader("x-seen")).isEqualTo("yes");
    assertThat(answer.headers().contains("x-told")).isFalse();
  }

  /** Sets headers, some of which the request may have too. */
  public static final class Setting {

    public void set(Exchange exchange) {
      Message message = exchange.getMessage();
      message.setHeader("X-Frame-Options", "DENY");
      message.setHeader("Content-Type", "application/json");
      message.setHeader("Set-Cookie", List.of("a=1", "b=2"));
      addTo(message.getHeader("X-List", List.class));
    }

    @SuppressWarnings("unchecked")
    private static void addTo(List<?> told) {
      ((List<Object>) told).add("mine");
    }
  }
}
