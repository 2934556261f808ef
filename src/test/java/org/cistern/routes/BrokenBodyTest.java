package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A response whose body breaks off, before or after anything of it was written. */
class BrokenBodyTest {

  @TempDir Path folder;

  private final CountDownLatch headOut = new CountDownLatch(1);
  private FakeUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    routes = RouteFolder.copyIn(folder);
    origin =
        FakeUpstream.playing(
            connection -> {
              connection.readHead();
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
              await().until(() -> headOut.getCount() == 0);
            });
  }

  @AfterEach
  void close() {
    HeldStep.letGo();
    headOut.countDown();
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder)
        .routes(routes.path())
        .upstream("http://127.0.0.1:" + origin.port())
        .with("CISTERN_ACCESS_LOG", log().toString())
        .start();
  }

  private Path log() {
    return folder.resolve("access.log");
  }

  @Test
  void isAProblemWhereNothingWasWrittenYet() throws Exception {
    routes.after("api", "fetch", HeldStep.withoutBody(routes));
    HeldStep.hold();
    headOut.countDown();
    try (GatewayUnderTest gateway = start()) {
      CompletableFuture<HttpResponse<String>> answer =
          CompletableFuture.supplyAsync(() -> gateway.send("DELETE", "/a", null));
      HeldStep.awaitRequest();
      await().until(() -> origin.open() == 0);
      await().until(() -> gateway.metrics().contains("result=\"upstream-disconnect\""));
      HeldStep.letGo();

      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(502);
      assertThat(answer.get().headers().firstValue("content-type"))
          .hasValue("application/problem+json");
      assertThat(GatewayUnderTest.status(answer.get())).contains("upstream-cut");
    }
  }

  @Test
  void isSeenInTheLogAndInTheMetricsWhereTheHeadIsOut() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (GatewayUnderTest gateway = start()) {
      HttpRequest request =
          HttpRequest.newBuilder(gateway.uri("/a"))
              .version(HttpClient.Version.HTTP_1_1)
              .DELETE()
              .build();
      InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
      headOut.countDown();
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);

      await()
          .untilAsserted(
              () -> {
                assertThat(Files.readString(log())).contains("\"reason\":\"upstream-cut\"");
                assertThat(gateway.metrics())
                    .containsPattern("cistern_requests_total\\{.*failed.*upstream-cut");
              });
    }
  }
}
