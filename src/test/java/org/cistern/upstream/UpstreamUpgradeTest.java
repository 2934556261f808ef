package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of protocol (RFC 9110 section 7.8), as for WebSocket. */
class UpstreamUpgradeTest {

  private static final Outgoing UPGRADE = Asking.get("/ws").withUpgrade("websocket");

  @Test
  void afterA101BytesPassBothWaysUntouched() {
    CompletableFuture<String> head = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  head.complete(connection.readHead());
                  connection.write(
                      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                          + "Upgrade: websocket\r\n\r\nfirst ");
                  connection.write("got " + connection.read(4));
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> incoming = new CompletableFuture<>();
      CompletableFuture<String> all = new CompletableFuture<>();
      asking.send(
          UPGRADE,
          response -> {
            talk(Objects.requireNonNull(response.socket()), all);
            incoming.complete(response);
          },
          incoming);

      assertThat(Asking.await(incoming).head().status()).isEqualTo(101);
      assertThat(Asking.await(incoming).head().headers().first("Upgrade")).isEqualTo("websocket");
      assertThat(Asking.await(head)).contains("Connection: Upgrade", "Upgrade: websocket");
      assertThat(Asking.await(all)).isEqualTo("first got ping");
      await().until(asking::settled);
    }
  }

  private static void talk(NetSocket socket, CompletableFuture<String> all) {
    Buffer received = Buffer.buffer();
    socket.handler(received::appendBuffer);
    socket.closeHandler(nothing -> all.complete(received.toString()));
    socket.write("ping");
    socket.resume();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: Upgrade\r\nUpgrade: other\r\n", ""})
  void aSwitchThatNamesAnotherProtocolThanWasAskedForOrNoneIsNone(String fields) {
    try (FakeUpstream origin = FakeUpstream.answering("HTTP/1.1 101 Go\r\n" + fields + "\r\n");
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.failure(UPGRADE).kind()).isEqualTo(UpstreamFailure.Kind.PROTOCOL);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void aRefusedUpgradeIsAnOrdinaryResponse() {
    try (FakeUpstream origin =
            FakeUpstream.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(UPGRADE).body()).isEqualTo("no");
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void cancellingClosesTheUpgradedConnection() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> incoming = new CompletableFuture<>();
      asking.send(UPGRADE, incoming::complete, incoming);
      Incoming response = Asking.await(incoming);
      asking.context.runOnContext(nothing -> response.cancel());

      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }
}
