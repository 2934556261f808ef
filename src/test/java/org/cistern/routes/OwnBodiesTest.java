package org.cistern.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of requests to a route on a path of its own, and of its answers. */
class OwnBodiesTest {

  private static final int LIMIT = 32 << 10;
  private static final String PARTS = "multipart/form-data; boundary=bb";
  private static final String PROBLEM = "content-type: application/problem+json";
  private static final String CONTINUE = "HTTP/1.1 100 ";

  private GatewayUnderTest gateway;
  private Path accessLog;

  @BeforeEach
  void start(@TempDir Path folder) {
    accessLog = folder.resolve("access.log");
    RouteFolder routes = RouteFolder.copyIn(folder);
    route(routes, "echo", "", "setBody: {simple: 'got ${body}'}");
    route(routes, "streamed", "?useStreaming=true", "setBody: {simple: 'got ${body}'}");
    route(routes, "stepped", "?useBodyHandler=false", "to: {uri: 'cistern:body'}");
    route(routes, "odd", "", "bean: {beanType: '" + Odd.class.getName() + "'}");
    gateway =
        GatewayUnderTest.in(folder)
            .routes(routes.path())
            .with("CISTERN_BODY_LIMIT", "32KB")
            .with("CISTERN_ACCESS_LOG", accessLog.toString())
            .start();
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
                - %s
        """
            .formatted(id, id, options, step));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** Writes a request and returns what comes, in small letters but for the status lines. */
  private String send(String method, String path, String head, String body) {
    String length = head.contains("Transfer-Encoding") ? "" : "Content-Length: %d\r\n";
    return gateway
        .exchange(
            "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s%s\r\n\r\n%s"
                .formatted(method, path, length.formatted(body.length()), head, body))
        .replace("Content-Type", "content-type");
  }

  private String form(String body) {
    return send("POST", "/own/echo", "Content-Type: " + PARTS, body);
  }

  private static String part() {
    return "--bb\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nv\r\n";
  }

  @Test
  void aBodyAsLongAsTheSettingIsReadAndALongerOneIs413() {
    assertThat(send("POST", "/own/echo", "X: y", "x".repeat(LIMIT))).contains("got xxx");
    assertThat(send("POST", "/own/echo", "X: y", "x".repeat(LIMIT + 1)))
        .startsWith("HTTP/1.1 413 ")
        .contains(PROBLEM, "32768 bytes");
    assertThat(
            send(
                "POST",
                "/own/echo",
                "Transfer-Encoding: chunked",
                "8001\r\n" + "x".repeat(LIMIT + 1) + "\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains(PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/echo", "/own/stepped"})
  void overHttp2TheRestOfALongerOneIsNotSentOnceItsAnswerIsWhole(String path) {
    StreamResetException reset = VersionedClient.resetOfUpload(gateway.uri(path), 10 * LIMIT);

    assertThat(reset.getCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/echo", "/own/streamed"})
  void aClientThatWaitsIsToldOnceToGoOn(String path) {
    String answer = send("POST", path, "Expect: 100-continue", "abc");

    assertThat(answer).startsWith(CONTINUE).contains("got abc");
    assertThat(answer.split(CONTINUE, -1)).hasSize(2);
  }

  @Test
  void aClientThatExpectsSomethingElseIsNotToldToGoOn() {
    assertThat(send("POST", "/own/echo", "Expect: something-else", "abc"))
        .startsWith("HTTP/1.1 200 ")
        .contains("got abc");
  }

  @Test
  void aClientThatWaitsWithTooLongABodyIsNotToldToGoOn() {
    assertThat(send("POST", "/own/echo", "Expect: 100-continue\r\nX: y", "x".repeat(LIMIT + 1)))
        .startsWith("HTTP/1.1 413 ")
        .doesNotContain(CONTINUE);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aFormThatEndsWithinAFileIs400(HttpVersion version) throws IOException {
    String body = "--bb\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nabc";
    HttpClientResponse answer =
        VersionedClient.ask(version, HttpMethod.POST, gateway.uri("/own/echo"), body, PARTS);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.getHeader("content-type")).isEqualTo("application/problem+json");
    await().until(() -> !logged().isEmpty());
    assertThat(logged().get(0)).contains("\"host\":\"localhost:" + gateway.port());
  }

  @Test
  void aFormThatCannotBeReadIs400WithoutALineInTheLog() throws IOException {
    try (Log log = new Log("")) {
      assertRefused(form("garbage".repeat(1000)));
      assertRefused(form(part()));
      assertRefused(form(part() + "--bb\r\nContent-Disposition: form-data; name=\"g\"\r\n\r\nw"));
      assertRefused(send("POST", "/own/echo", "Content-Type: multipart/form-data", "--bb\r\n"));
      assertRefused(unbound("boundary=\"\""));
      assertRefused(unbound("xboundary=bb"));
      assertRefused(
          send("POST", "/own/echo", "Transfer-Encoding: chunked", "zz\r\nabc\r\n0\r\n\r\n"));
      assertThat(log.text()).isEmpty();
    }
    await().until(() -> logged().size() == 7);
    assertThat(logged()).allMatch(line -> line.contains("\"status\":400"));
  }

  private String unbound(String parameter) {
    String type = "Content-Type: multipart/form-data; " + parameter;
    return send("POST", "/own/echo", type, part() + "--bb--\r\n");
  }

  private List<String> logged() throws IOException {
    return Files.exists(accessLog) ? Files.readAllLines(accessLog) : List.of();
  }

  private static void assertRefused(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains(PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=", "a=1&b="})
  void aFieldIsAsLongAsTheBodyMayBe(String begin) {
    String form = begin + "x".repeat(9000);

    assertThat(encoded(form)).startsWith("HTTP/1.1 200 ");
    assertThat(form(part().replace("v", "x".repeat(9000)) + "--bb--\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aFormWithHundredsOfFieldsIsTakenAndOneWithThousandsIs413() {
    assertThat(form(part().repeat(300) + "--bb--\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(encoded("a=1&".repeat(300))).startsWith("HTTP/1.1 200 ");
    assertThat(encoded("a=1&".repeat(2000))).startsWith("HTTP/1.1 413 ").contains(PROBLEM);
  }

  private String encoded(String form) {
    return send("POST", "/own/echo", "Content-Type: application/x-www-form-urlencoded", form);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, multipart/form-data; boundary=bb",
    "QUERY, application/x-www-form-urlencoded",
    "POST, multipart/form-datax; boundary=bb"
  })
  void whatIsNoFormComesAsItIs(String method, String type) {
    assertThat(send(method, "/own/echo", "Content-Type: " + type, "a=b")).contains("got a=b");
  }

  @Test
  void aFormMayHaveWordsBehindItsEndAndItsBoundaryQuotes() {
    String type = "Content-Type: multipart/form-data; charset=utf-8; Boundary=\"bb\"";
    String form = part() + "--bb--\r\nbehind";

    assertThat(send("POST", "/own/echo", type, form)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource({"Content-Type: text/plain", "Content-Type: multipart/form-data; boundary=bb"})
  void aClientThatLeavesIsNoLineInTheLog(String type) throws IOException {
    try (Log log = new Log("")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
        String begun =
            "POST /own/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n"
                + type
                + "\r\n\r\n--bb\r\n"
                + "Content-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nabc";
        socket.getOutputStream().write(begun.getBytes(ISO_8859_1));
        socket.setSoLinger(true, 0);
      }
      await().until(() -> logged().size() == 1);
      assertThat(logged().get(0)).contains("\"status\":499");
      send("GET", "/own/odd", "X: y", "");
      await().until(() -> log.text().contains("/own/odd"));
      assertThat(log.text().lines()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatCannotBeWrittenIsAProblemAndOneLineInTheLog() {
    try (Log log = new Log("")) {
      assertThat(send("GET", "/own/odd", "X: y", "")).startsWith("HTTP/1.1 500 ").contains(PROBLEM);
      assertThat(log.text().lines()).hasSize(1);
      assertThat(log.text()).contains("/own/odd");
    }
  }

  /** A step whose answer has no form in which it could be sent. */
  public static final class Odd {

    /** Returns it. */
    public Object answer() {
      return new Object();
    }
  }
}
