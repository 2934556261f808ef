package org.cistern.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.cistern.fake.FakeCertificate;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.TlsOptions;
import org.cistern.upstream.options.UpstreamOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances behind TLS. */
class UpstreamTlsTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @TempDir static Path folder;
  private static FakeCertificate localhost;
  private static FakeCertificate gateway;

  @BeforeAll
  static void makeCertificates() {
    localhost = FakeCertificate.make(folder, "localhost");
    gateway = FakeCertificate.make(folder, "gateway");
  }

  private static FakeUpstream origin(@Nullable FakeCertificate client, FakeUpstream.Script script) {
    try {
      SSLServerSocket server =
          (SSLServerSocket)
              localhost
                  .server(client)
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      server.setNeedClientAuth(client != null);
      return FakeUpstream.playing(server, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(FakeConnection connection) throws IOException {
    while (!connection.readHead().isEmpty()) {
      connection.write(HELLO);
    }
  }

  private static Asking asking(String host, FakeUpstream origin, TlsOptions tls) {
    return new Asking(Asking.OPTIONS.with(tls), "https://" + host + ":" + origin.port());
  }

  private static TlsOptions trusting() {
    return new TlsOptions(localhost.certificate(), null, null, true);
  }

  @Test
  void anOwnAuthorityIsTrustedAndTheNameIsSentAlong() {
    List<String> names = new CopyOnWriteArrayList<>();
    try (FakeUpstream origin =
            origin(
                null,
                connection -> {
                  connection.readHead();
                  ExtendedSSLSession session =
                      (ExtendedSSLSession) ((SSLSocket) connection.socket()).getSession();
                  session.getRequestedServerNames().forEach(name -> names.add(name.toString()));
                  connection.write(HELLO);
                });
        Asking asking = asking("localhost", origin, trusting())) {
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(names).hasSize(1).first().asString().contains("localhost");
    }
  }

  @Test
  void anUnknownAuthorityIsATlsFailure() {
    try (FakeUpstream origin = origin(null, UpstreamTlsTest::answer);
        Asking asking = asking("localhost", origin, TlsOptions.defaults())) {
      UpstreamFailure failure = asking.failure(Asking.get("/"));
      assertThat(failure.kind()).isEqualTo(Kind.TLS);
      assertThat(failure).hasMessageContaining("unable to find valid certification path");
    }
  }

  @Test
  void anotherHostsCertificateIsATlsFailureUnlessHostsAreNotVerified() {
    try (FakeUpstream origin = origin(null, UpstreamTlsTest::answer);
        Asking strict = asking("127.0.0.1", origin, trusting());
        Asking lenient =
            asking(
                "127.0.0.1", origin, new TlsOptions(localhost.certificate(), null, null, false))) {
      assertThat(strict.failure(Asking.get("/")).kind()).isEqualTo(Kind.TLS);
      assertThat(lenient.ask(Asking.get("/")).body()).isEqualTo("hello");
    }
  }

  @Test
  void aServerThatWantsACertificateGetsOurs() {
    TlsOptions own =
        new TlsOptions(localhost.certificate(), gateway.certificate(), gateway.key(), true);
    try (FakeUpstream origin = origin(gateway, UpstreamTlsTest::answer);
        Asking with = asking("localhost", origin, own);
        Asking without = asking("localhost", origin, trusting())) {
      assertThat(with.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(without.failure(Asking.get("/")).kind()).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void aCloseDelimitedBodyIsCutWhereTlsEndsWithoutItsFarewell() {
    SSLContext server = localhost.server(null);
    CompletableFuture<Void> headSeen = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  // What is written goes through TLS; what is closed is the socket below it.
                  SSLSocket tls = layer(server, connection.socket());
                  tls.getInputStream().read();
                  tls.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhel".getBytes(ISO_8859_1));
                  tls.getOutputStream().flush();
                  Asking.await(headSeen);
                  connection.socket().shutdownOutput();
                  connection.awaitClose();
                });
        Asking asking = asking("localhost", origin, trusting())) {
      CompletableFuture<Asking.Reply> reply = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          incoming -> {
            Asking.collect(incoming, reply);
            headSeen.complete(null);
          },
          reply);

      assertThat(Asking.await(reply).cut()).isInstanceOf(UpstreamFailure.class);
    }
  }

  private static SSLSocket layer(SSLContext server, Socket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket) server.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
    tls.setUseClientMode(false);
    return tls;
  }

  @Test
  void http2IsSpokenWhereBothSidesOfferIt() {
    try (Asking asking = new Asking(Asking.OPTIONS, "http://127.0.0.1:1")) {
      HttpServer server = http2(asking);
      String url = "https://localhost:" + server.actualPort();
      UpstreamOptions options = Asking.OPTIONS.with(trusting()).withHttp2(true);
      List<Integer> interim = new CopyOnWriteArrayList<>();
      try (Asking over = new Asking(options, url)) {
        Asking.Reply reply =
            over.ask(Asking.get("/").withInterim((status, headers) -> interim.add(status)));

        assertThat(reply.body()).isEqualTo("HTTP_2 localhost:" + server.actualPort());
        assertThat(reply.trailers().first("x-sum")).isEqualTo("1");
        assertThat(reply.head().closeDelimited()).isFalse();
        assertThat(interim).containsExactly(103);
        Outgoing post = Outgoing.of("POST", "/", org.cistern.http.Headers.empty());
        assertThat(over.ask(post.withBody(new Parts("a", "b"), -1)).head().status()).isEqualTo(200);
      }
    }
  }

  private static HttpServer http2(Asking asking) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PfxOptions().setPath(localhost.store().toString()).setPassword("changeit"));
    HttpServer server =
        asking
            .vertx
            .createHttpServer(options)
            .requestHandler(
                request -> {
                  HttpServerResponse response = request.response().setChunked(true);
                  response.writeEarlyHints(HttpHeaders.headers().add("link", "</a>"));
                  response.putTrailer("x-sum", "1");
                  request
                      .end()
                      .onSuccess(v -> response.end(request.version() + " " + request.authority()));
                });
    return Asking.await(server.listen(0, "localhost").toCompletionStage().toCompletableFuture());
  }
}
