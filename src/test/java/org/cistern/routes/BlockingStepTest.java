package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' steps that block, or compute for long, on the front route. */
class BlockingStepTest {

  private static final int SLOW = 20;

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder);
    Lock.reset();
  }

  @AfterEach
  void close() {
    Lock.open.countDown();
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start();
  }

  private void block(String step) {
    routes.before(
        "api",
        "match",
        """
        - filter:
            id: slow-ones
            expression: {simple: {expression: "${header.CamelHttpPath} == '/slow'"}}
            steps:
        """
            + step.indent(6));
  }

  private static String bean(Class<?> type) {
    return "- bean: {id: wait, beanType: '" + type.getName() + "'}\n";
  }

  @Test
  void aStepThatBlocksStallsNobodyElse() throws Exception {
    block(bean(Lock.class));
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/hit");
      List<CompletableFuture<HttpResponse<String>>> slow = askSlow(gateway);
      assertThat(Lock.entered.await(20, TimeUnit.SECONDS)).isTrue();

      for (int i = 0; i < 50; i++) {
        assertThat(GatewayUnderTest.status(gateway.get("/hit"))).contains("hit");
      }
      assertThat(slow).noneMatch(CompletableFuture::isDone);

      Lock.open.countDown();
      for (CompletableFuture<HttpResponse<String>> one : slow) {
        assertThat(one.get(20, TimeUnit.SECONDS).body()).startsWith("origin: ");
      }
    }
    assertThat(Lock.onEventLoop).isFalse();
  }

  private static List<CompletableFuture<HttpResponse<String>>> askSlow(GatewayUnderTest gateway) {
    return askSlow(gateway, SLOW);
  }

  private static List<CompletableFuture<HttpResponse<String>>> askSlow(
      GatewayUnderTest gateway, int times) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri("/slow")).version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      slow.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    return slow;
  }

  @Test
  void stepsThatBlockBehindAWorkerStepHoldUpNeitherMetricsNorCoding() throws Exception {
    block("- to: {uri: 'cistern:worker'}\n" + bean(Lock.class));
    origin.close();
    origin =
        new RecordingUpstream(
            "origin", "Cache-Control: max-age=60\r\nContent-Type: text/plain\r\n");
    String hit = "/hit?" + "x".repeat(4000);
    try (GatewayUnderTest gateway = start()) {
      gateway.get(hit);
      List<CompletableFuture<HttpResponse<String>>> slow = askSlow(gateway);
      assertThat(Lock.entered.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(gateway.metrics()).contains("cistern_");
      assertThat(gateway.get(hit, "Accept-Encoding", "gzip").headers().map())
          .containsEntry("content-encoding", List.of("gzip"));

      Lock.open.countDown();
      for (CompletableFuture<HttpResponse<String>> one : slow) {
        assertThat(one.get(20, TimeUnit.SECONDS).body()).startsWith("origin: ");
      }
    }
  }

  @Test
  void whoFindsTooManyWaitingForAThreadIsToldWhenToComeAgainAndHitsGoOn() throws Exception {
    block(bean(Lock.class));
    try (GatewayUnderTest gateway = start()) {
      gateway.get("/hit");
      List<CompletableFuture<HttpResponse<String>>> all = askSlow(gateway, 64 + 256 + 10);
      await().until(() -> all.stream().filter(CompletableFuture::isDone).count() == 10);
      assertThat(GatewayUnderTest.status(gateway.get("/hit"))).contains("hit");

      Lock.open.countDown();
      int refused = 0;
      for (CompletableFuture<HttpResponse<String>> one : all) {
        refused += refused(one.get(20, TimeUnit.SECONDS));
      }
      assertThat(refused).isEqualTo(10);
    }
  }

  private static int refused(HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      return 0;
    }
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
    assertThat(GatewayUnderTest.status(answer)).contains("reason=overload");
    return 1;
  }

  @Test
  void theStartNamesTheStepsThatGoToAWorkerAndOnlyThose() {
    block(bean(Idle.class));
    routes.before("upstream", "forward", bean(Idle.class).replace("wait", "look"));
    try (Log log = new Log();
        GatewayUnderTest gateway = start()) {
      assertThat(gateway.port()).isPositive();
      assertThat(log.text()).contains("api/wait (bean)", "upstream/look (bean)");
      assertThat(log.text()).doesNotContain("api/slow-ones", "demonstration/");
    }
  }

  @Test
  void afterAWorkerStepTheNextOneOfOursIsBackOnTheEventLoop() {
    routes.before(
        "api",
        "match",
        "- to: {uri: 'cistern:worker'}\n"
            + "- setHeader: {name: X-A, expression: {constant: {expression: a}}}\n");
    try (GatewayUnderTest gateway = start()) {
      assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
      assertThat(origin.lastHead()).contains("x-a: a");
      assertThat(GatewayUnderTest.status(gateway.get("/a"))).contains("hit");
    }
  }

  @Test
  void aStepThatHoldsTheLoopAgainAndAgainIsNamedInTheLogAndItsFirstTimesAreForgiven() {
    routes.before(
        "api",
        "match",
        """
        - setHeader:
            id: dawdle
            name: X-Done
            expression: {simple: {expression: "${ref:dawdler}!"}}
        """);
    routes.write(
        "beans",
        "- beans:\n    - {name: dawdler, type: '%s'}\n".formatted(Dawdler.class.getName()));
    try (Log log = new Log();
        GatewayUnderTest gateway = start()) {
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
      }
      assertThat(log.text()).doesNotContain("held the event loop");

      assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
      assertThat(log.text())
          .containsOnlyOnce("step api/dawdle (setHeader) held the event loop")
          .contains("again and again");
    }
  }

  /** Waits until the test lets it go on. */
  public static final class Lock {
    static volatile CountDownLatch entered = new CountDownLatch(0);
    static volatile CountDownLatch open = new CountDownLatch(0);
    static volatile boolean onEventLoop;

    static void reset() {
      entered = new CountDownLatch(SLOW);
      open = new CountDownLatch(1);
      onEventLoop = false;
    }

    public void pass(Exchange exchange) throws InterruptedException {
      onEventLoop |= Context.isOnEventLoopThread();
      entered.countDown();
      open.await(30, TimeUnit.SECONDS);
    }
  }

  /** Does nothing, from a class that nobody knows. */
  public static final class Idle {
    public void pass(Exchange exchange) {}
  }

  /** Takes its time to say what it is. */
  public static final class Dawdler {
    @Override
    public String toString() {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(80);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return "done";
    }
  }
}
