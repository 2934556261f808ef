package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets through the gateway, with a client and a server of another make. */
class WebSocketTest {

  private static final int BIG = 5_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<ServerWebSocket> accepted = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private HttpServer server;
  private WebSocketClient client;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    server =
        done(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setWebSocketSubProtocols(List.of("chat"))
                        .setMaxWebSocketMessageSize(2 * BIG))
                .webSocketHandler(this::echo)
                .listen(0, "localhost"));
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxMessageSize(2 * BIG)
                .setTryUsePerMessageCompression(false));
    gateway =
        GatewayUnderTest.in(folder)
            .with("CACHE_L3_ENABLED", "false")
            .upstream("http://localhost:" + server.actualPort())
            .start();
  }

  @AfterEach
  void stop() {
    done(vertx.close());
    gateway.close();
  }

  private void echo(ServerWebSocket socket) {
    accepted.add(socket);
    socket.writeTextMessage("welcome");
    socket.textMessageHandler(socket::writeTextMessage);
    socket.binaryMessageHandler(socket::writeBinaryMessage);
  }

  private WebSocket connect() {
    return connect(client.webSocket());
  }

  private WebSocket connect(ClientWebSocket socket) {
    return done(
        socket.connect(
            new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(gateway.port())
                .setURI("/chat?room=1")
                .addSubProtocol("chat")));
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void messagesPassBothWaysFromTheFirstOneOn() {
    List<String> texts = new CopyOnWriteArrayList<>();
    WebSocket socket = connect(client.webSocket().textMessageHandler(texts::add));
    socket.writeTextMessage("ping");

    await().until(() -> texts.equals(List.of("welcome", "ping")));
    assertThat(socket.subProtocol()).isEqualTo("chat");
    assertThat(accepted.get(0).uri()).isEqualTo("/chat?room=1");
  }

  @Test
  void oneThatIsClosedCountsAsAConnectionNoMore() {
    done(connect().close());
    await().until(() -> gateway.metrics().contains("cistern_connections 0.0"));
  }

  @Test
  void bigMessagesComeBackWhole() {
    CompletableFuture<Buffer> back = new CompletableFuture<>();
    WebSocket socket = connect();
    socket.binaryMessageHandler(back::complete);
    byte[] bytes = new byte[BIG];
    new java.util.Random(42).nextBytes(bytes);
    socket.writeBinaryMessage(Buffer.buffer(bytes));

    assertThat(back.orTimeout(20, TimeUnit.SECONDS).join().getBytes()).isEqualTo(bytes);
  }

  @Test
  void aCloseOfTheClientReachesTheServerWithItsCode() {
    WebSocket socket = connect();
    done(socket.close((short) 4001, "bye"));

    await().until(() -> accepted.get(0).isClosed());
    assertThat(accepted.get(0).closeStatusCode()).isEqualTo((short) 4001);
  }

  @Test
  void aCloseOfTheServerReachesTheClientWithItsCode() {
    WebSocket socket = connect();
    done(accepted.get(0).close((short) 4002, "over"));

    await().until(socket::isClosed);
    assertThat(socket.closeStatusCode()).isEqualTo((short) 4002);
  }

  @Test
  void aConnectionThatJustEndsEndsTheOtherOne() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(
          "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertThat(raw.head())
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("connection: upgrade")
          .containsIgnoringCase("upgrade: websocket")
          .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
    await().until(() -> accepted.get(0).isClosed());
  }

  /** Otherwise the gateway would wait for it when it goes down. */
  @Test
  void aConnectionThatJustEndsIsOver() {
    try (RawClient raw = new RawClient(gateway.port())) {
      raw.send(
          "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 101 ");
    }
    await()
        .untilAsserted(
            () -> assertThat(gateway.metrics()).containsPattern("cistern_requests_active 0\\.0"));
  }
}
