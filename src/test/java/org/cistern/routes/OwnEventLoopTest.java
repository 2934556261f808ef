package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The threads on which the steps of one request run: its own event loop, and workers in between.
 */
class OwnEventLoopTest {

  private static final int CONNECTIONS = 16;

  private static final String ELSEWHERE =
      "- bean: {beanType: '" + Elsewhere.class.getName() + "'}\n";

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder);
    witness();
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private GatewayUnderTest start() {
    return GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start();
  }

  @Test
  void behindAStepThatBlocksTheRouteGoesOnOnTheRequestsOwnEventLoop() {
    routes.before("api", "match", look("before") + ELSEWHERE + look("behind"));
    assertThatTheSecondOfThreeIsElsewhere();
  }

  @Test
  void behindAWorkerStepItIsOnAWorkerAndBehindTheNextOneOfOursOnItsOwnEventLoop() {
    routes.before(
        "api", "match", look("before") + "- to: {uri: 'cistern:worker'}\n" + look("beside"));
    routes.after("api", "match", look("behind"));
    assertThatTheSecondOfThreeIsElsewhere();
  }

  private void assertThatTheSecondOfThreeIsElsewhere() {
    try (GatewayUnderTest gateway = start()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        List<Thread> seen = seen(gateway);
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).isNotSameAs(seen.get(0));
        assertThat(seen.get(2)).isSameAs(seen.get(0));
      }
    }
    assertThat(Witness.loops).hasSizeGreaterThan(1);
  }

  /** A step on the event loop that the witness sees. */
  private static String look(String id) {
    return "- setHeader: {id: %s, name: X-Seen, expression: {simple: {expression: \"%s\"}}}\n"
        .formatted(id, "${ref:witness}!");
  }

  private void witness() {
    routes.write(
        "beans",
        "- beans:\n    - {name: witness, type: '%s'}\n".formatted(Witness.class.getName()));
    Witness.loops.clear();
  }

  /** Asks on a connection of its own; returns the threads that the steps of the request saw. */
  private static List<Thread> seen(GatewayUnderTest gateway) {
    Witness.seen.clear();
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri("/a")).version(HttpClient.Version.HTTP_1_1).build();
    assertThat(
            HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join()
                .statusCode())
        .isEqualTo(200);
    return List.copyOf(Witness.seen);
  }

  /** Remembers the thread that it runs on, from a class that nobody knows. */
  public static final class Elsewhere {
    public void pass(Exchange exchange) {
      Witness.seen.add(Thread.currentThread());
    }
  }

  /** Remembers the threads that ask what it is. */
  public static final class Witness {
    static final List<Thread> seen = new CopyOnWriteArrayList<>();
    static final Set<Thread> loops = ConcurrentHashMap.newKeySet();

    @Override
    public String toString() {
      seen.add(Thread.currentThread());
      if (Context.isOnEventLoopThread()) {
        loops.add(Thread.currentThread());
      }
      return "seen";
    }
  }
}
