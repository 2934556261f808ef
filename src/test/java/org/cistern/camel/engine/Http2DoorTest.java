package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 at the front door, in its three ways in. */
class Http2DoorTest {

  private static final HttpClientOptions H2 =
      new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2);

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private GatewayUnderTest.Builder before(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .upstream("http://localhost:" + origin.port());
  }

  private GatewayUnderTest.Builder overTls(FakeUpstream origin) {
    FakeCertificate certificate = FakeCertificate.make(folder, "localhost");
    return before(origin)
        .with("CISTERN_TLS_CERT", certificate.certificate().toString())
        .with("CISTERN_TLS_KEY", certificate.key().toString());
  }

  private static String answer(HttpClient client, int port) {
    return done(
        client
            .request(HttpMethod.GET, port, "localhost", "/")
            .compose(request -> request.send())
            .compose(
                response ->
                    response.body().map(body -> response.version() + " " + body.toString())));
  }

  private static FakeUpstream origin() {
    return FakeUpstream.answering(
        "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok");
  }

  @Test
  void clientsComeByPriorKnowledgeAndByUpgrade() {
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClientOptions knowing = new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false);

      assertThat(answer(vertx.createHttpClient(knowing), gateway.port())).isEqualTo("HTTP_2 ok");
      assertThat(answer(vertx.createHttpClient(H2), gateway.port())).isEqualTo("HTTP_2 ok");
    }
  }

  @Test
  void aConnectionThatWasUpgradedCountsOnceAndNoMoreWhenItIsClosed() {
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = before(origin).with("CISTERN_MAX_CONNECTIONS", "1").start()) {
      HttpClient client = vertx.createHttpClient(H2);
      assertThat(answer(client, gateway.port())).isEqualTo("HTTP_2 ok");
      assertThat(gateway.metrics()).contains("cistern_connections 1.0");
      done(client.close());

      await().until(() -> gateway.metrics().contains("cistern_connections 0.0"));
    }
  }

  @Test
  void clientsComeByAlpnOverTls() {
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = overTls(origin).start()) {
      HttpClientOptions tls = new HttpClientOptions().setSsl(true).setTrustAll(true);
      HttpClientOptions alpn = new HttpClientOptions(tls).setUseAlpn(true);
      alpn.setProtocolVersion(HttpVersion.HTTP_2);

      assertThat(answer(vertx.createHttpClient(alpn), gateway.port())).isEqualTo("HTTP_2 ok");
      assertThat(answer(vertx.createHttpClient(tls), gateway.port())).isEqualTo("HTTP_1_1 ok");
    }
  }

  @Test
  void theUpstreamHearsThatClientsComeOverTls() {
    try (FakeUpstream origin = FakeUpstream.playing(Http2DoorTest::saysTheScheme);
        GatewayUnderTest gateway = overTls(origin).start()) {
      HttpClientOptions tls = new HttpClientOptions().setSsl(true).setTrustAll(true);
      assertThat(answer(vertx.createHttpClient(tls), gateway.port())).isEqualTo("HTTP_1_1 https");
    }
  }

  private static void saysTheScheme(FakeConnection connection) throws IOException {
    String head = connection.readHead();
    String scheme = head.contains("X-Forwarded-Proto: https\r\n") ? "https" : "other";
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + scheme);
  }

  @Test
  void everyTrailerLinePassesAndNoFieldOfTheConnectionDoes() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\nX-Sum: 43\r\nX-Hop: 2\r\n\r\n");
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClientResponse response =
          done(
              vertx
                  .createHttpClient(H2)
                  .request(HttpMethod.GET, gateway.port(), "localhost", "/")
                  .compose(request -> request.send())
                  .compose(come -> come.body().map(come)));

      assertThat(response.trailers().getAll("x-sum")).containsExactly("42", "43");
      assertThat(response.getTrailer("x-hop")).isNull();
      assertThat(response.headers().names())
          .doesNotContain("connection", "x-hop", "content-length");
    }
  }

  /** The client here takes every head but 100 and 103 for the final one: so it shows the 102. */
  @Test
  void a102PassesBeforeTheFinalHeadOfItsStream() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok");
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClientOptions knowing = new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false);
      HttpClientResponse response =
          done(
              vertx
                  .createHttpClient(knowing)
                  .request(HttpMethod.GET, gateway.port(), "localhost", "/")
                  .compose(request -> request.send())
                  .compose(come -> come.body().map(come)));

      assertThat(response.statusCode()).isEqualTo(102);
      assertThat(response.getHeader("x-step")).isEqualTo("1");
      assertThat(response.body().result().toString()).isEqualTo("ok");
    }
  }

  @Test
  void earlyHintsPassHoweverTheirNamesAreSpelt() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok");
        GatewayUnderTest gateway = before(origin).start()) {
      List<String> hints = new CopyOnWriteArrayList<>();
      HttpClientOptions knowing = new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false);
      HttpClientResponse response =
          done(
              vertx
                  .createHttpClient(knowing)
                  .request(HttpMethod.GET, gateway.port(), "localhost", "/")
                  .compose(
                      request ->
                          request.earlyHintsHandler(lines -> hints.add(lines.get("link"))).send()));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(hints).containsExactly("</a.css>");
    }
  }

  @Test
  void aStreamThatEndsWithItsHeadBringsTheUpstreamNoBody() {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (FakeUpstream origin =
            FakeUpstream.answering(
                head -> {
                  heads.add(head.toLowerCase(Locale.ROOT));
                  return "HTTP/1.1 204 No Content\r\n\r\n";
                });
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClient client =
          vertx.createHttpClient(new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false));
      for (HttpMethod method : List.of(HttpMethod.DELETE, HttpMethod.POST)) {
        done(
            client
                .request(method, gateway.port(), "localhost", "/")
                .compose(request -> request.send()));
      }

      assertThat(heads.get(0)).doesNotContain("transfer-encoding", "content-length");
      assertThat(heads.get(1)).contains("content-length: 0\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST,true", "POST,false", "GET,false"})
  void aBodyOfUnknownLengthReachesTheUpstreamHoweverTheClientComes(
      String method, boolean upgraded) {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  String body = connection.readHead(); // chunks end with an empty line too
                  connection.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                });
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClientOptions options = new HttpClientOptions(H2).setHttp2ClearTextUpgrade(upgraded);
      Buffer echo =
          done(
              vertx
                  .createHttpClient(options)
                  .request(HttpMethod.valueOf(method), gateway.port(), "localhost", "/")
                  .compose(
                      request -> {
                        request.setChunked(true);
                        request.write("the-body");
                        request.end();
                        return request.response();
                      })
                  .compose(HttpClientResponse::body));

      assertThat(echo.toString()).contains("the-body");
    }
  }

  @Test
  void aBodyThatBreaksOffResetsItsStreamAndNoOther() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  boolean whole = connection.readHead().startsWith("GET /whole");
                  connection.write(
                      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 8\r\n\r\npart");
                  connection.rest(50);
                  if (whole) {
                    connection.write("rest");
                  }
                });
        GatewayUnderTest gateway = before(origin).start()) {
      HttpClient client =
          vertx.createHttpClient(new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false));
      CompletableFuture<Buffer> broken = body(client, gateway.port(), "/cut");
      CompletableFuture<Buffer> whole = body(client, gateway.port(), "/whole");

      assertThat(whole.join().toString()).isEqualTo("partrest");
      assertThatThrownBy(broken::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StreamResetException.class);
    }
  }

  private static CompletableFuture<Buffer> body(HttpClient client, int port, String path) {
    return client
        .request(HttpMethod.GET, port, "localhost", path)
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS);
  }

  @Test
  void whatABodyAsksForIsKeptAndFound() {
    String rule =
        "rules:\n- {path_pattern: /**, methods: [POST], cache_ttl: 60, key_strategy: custom,"
            + " key_parts: [path], body: true}\n";
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  String body = connection.read(3);
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body);
                });
        GatewayUnderTest gateway = before(origin).rules(rule).start()) {
      HttpClient client =
          vertx.createHttpClient(new HttpClientOptions(H2).setHttp2ClearTextUpgrade(false));
      for (String expected : new String[] {"; stored", "; hit"}) {
        HttpClientResponse response =
            done(
                client
                    .request(HttpMethod.POST, gateway.port(), "localhost", "/")
                    .compose(request -> request.send(Buffer.buffer("abc")))
                    .compose(come -> come.body().map(come)));

        assertThat(response.body().result().toString()).isEqualTo("abc");
        assertThat(response.getHeader("cache-status")).contains(expected);
      }
    }
  }

  @Test
  void anUploadPassesWithItsTrueLength() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.skip(3_000_000);
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nall");
                });
        GatewayUnderTest gateway = before(origin).start()) {
      String answer =
          done(vertx
                  .createHttpClient(H2)
                  .request(HttpMethod.POST, gateway.port(), "localhost", "/")
                  .compose(request -> request.send(Buffer.buffer(new byte[3_000_000])))
                  .compose(HttpClientResponse::body))
              .toString();

      assertThat(answer).isEqualTo("all");
    }
  }
}
