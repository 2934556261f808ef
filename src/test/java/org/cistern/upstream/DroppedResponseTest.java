package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.junit.jupiter.api.Test;

/** A response that nobody wants any more costs no other request its connection. */
class DroppedResponseTest {

  private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

  @Test
  void aResponseThatCameWholeIsDroppedWithoutItsConnectionWhichIsAnothersByThen() {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> dropped = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(RESPONSE + "none");
                  connection.readHead();
                  asked.complete(null);
                  dropped.join();
                  connection.write(RESPONSE + "good");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> first = new CompletableFuture<>();
      asking.send(Asking.get("/first"), first::complete, first);
      Incoming unread = Asking.await(first);
      CompletableFuture<Asking.Reply> second =
          asking.start(Outgoing.of("POST", "/second", Headers.empty()));
      Asking.await(asked);

      asking.context.runOnContext(nothing -> unread.cancel());
      asking.context.runOnContext(nothing -> dropped.complete(null));

      assertThat(Asking.await(second).body()).isEqualTo("good");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aResponseThatIsStillComingIsDroppedWithItsConnection() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(RESPONSE + "go");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> first = new CompletableFuture<>();
      asking.send(Asking.get("/first"), first::complete, first);
      Incoming unread = Asking.await(first);

      asking.context.runOnContext(nothing -> unread.cancel());

      await().until(() -> origin.open() == 0);
      await().until(asking::settled);
    }
  }
}
