package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.options.UpstreamOptions.Limits;
import org.cistern.upstream.options.UpstreamOptions.Timeouts;
import org.junit.jupiter.api.Test;

/** Connections between two requests, and those whose response nobody takes yet. */
class KeptConnectionTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final UpstreamOptions ONE =
      Asking.OPTIONS.with(new Limits(1, 1024, 1, 3, 64 * 1024));

  @Test
  void requestsWithAndWithoutBodyShareTheOneConnectionThatIsAllowed() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  for (String head = connection.readHead();
                      !head.isEmpty();
                      head = connection.readHead()) {
                    connection.skip(head.startsWith("PUT") ? 4 : 0);
                    connection.write(HELLO);
                  }
                });
        Asking asking = Asking.of(ONE, origin.port())) {
      for (String method : List.of("GET", "POST", "GET", "PUT", "PUT", "GET", "DELETE")) {
        Outgoing request = Outgoing.of(method, "/", Headers.empty());
        asking.ask(method.equals("PUT") ? request.withBody(new Parts("some"), 4) : request);
      }

      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatItsPeerWantsClosedIsNotUsedAgain() {
    String last = HELLO.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    try (FakeUpstream origin = FakeUpstream.answering(last);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Asking.get("/"));
      await().until(() -> origin.open() == 0);

      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
    }
  }

  @Test
  void anIdleConnectionIsClosedBeforeTheTimeIsOverThatItsPeerKeepsIt() {
    String brief = HELLO.replace("\r\n\r\n", "\r\nKeep-Alive: timeout=1\r\n\r\n");
    try (FakeUpstream origin = FakeUpstream.answering(brief);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Asking.get("/"));

      await().until(() -> origin.open() == 0);
    }
  }

  @Test
  void anIdleConnectionIsClosedWhenTheSettingSaysSo() {
    Timeouts usual = Timeouts.defaults();
    Timeouts brief =
        new Timeouts(
            usual.connect(),
            usual.head(),
            usual.idle(),
            Duration.ofSeconds(1),
            usual.upgraded(),
            usual.expect());
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS.with(brief), origin.port())) {
      asking.ask(Asking.get("/"));

      await().until(() -> origin.open() == 0);
    }
  }

  @Test
  void aConnectionWhoseProtocolChangedUnaskedIsNotUsedAgain() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      connection.number() == 1
                          ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
                          : HELLO);
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(UpstreamFailure.Kind.PROTOCOL);

      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(origin.accepted()).isEqualTo(2);
    }
  }

  @Test
  void aRequestBegunWhenAnotherOnesResponseEndsHasItsConnection() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(ONE, origin.port())) {
      CompletableFuture<Asking.Reply> second = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          first -> {
            first
                .body()
                .endHandler(
                    whole ->
                        asking.client.send(
                            Asking.get("/"), sent -> Asking.collect(sent.result(), second)));
            first.body().resume();
          },
          second);

      assertThat(Asking.await(second).body()).isEqualTo("hello");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatItsPeerClosedMeanwhileCostsTheNextRequestNothing() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(HELLO);
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      }
    }
  }

  @Test
  void anUpstreamWritesNoFurtherThanItsReaderWants() throws Exception {
    AtomicLong written = new AtomicLong();
    int parts = 1000;
    byte[] part = new byte[64 * 1024];
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  long length = (long) parts * part.length;
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                  for (int i = 0; i < parts; i++) {
                    connection.write(part);
                    written.addAndGet(part.length);
                  }
                  connection.readHead();
                  connection.write(HELLO);
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> head = new CompletableFuture<>();
      asking.send(Asking.get("/"), head::complete, head);
      Incoming incoming = Asking.await(head);
      long stopped = standstill(written);

      AtomicLong read = new AtomicLong();
      CountDownLatch end = new CountDownLatch(1);
      asking.context.runOnContext(
          nothing -> {
            incoming.body().handler((Buffer some) -> read.addAndGet(some.length()));
            incoming.body().endHandler(whole -> end.countDown());
            incoming.body().resume();
          });

      assertThat(stopped).isLessThan((long) parts * part.length / 2);
      assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(read).hasValue((long) parts * part.length);
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  /** Waits until a number has stopped growing, and returns it. */
  private static long standstill(AtomicLong number) {
    AtomicLong before = new AtomicLong();
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> number.get() > 0 && before.getAndSet(number.get()) == number.get());
    return before.get();
  }
}
