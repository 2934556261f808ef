package org.cistern.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.cistern.GatewayUnderTest;
import org.cistern.faults.Figures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a route on a path of its own whose body breaks off. */
class OwnBrokenAnswersTest {

  private static final int SENT = 200_000;
  private static final long INTERNAL_ERROR = 2;

  private static final String FORM =
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nabc\r\n--b--\r\n";

  private GatewayUnderTest gateway;
  private Path accessLog;

  @BeforeEach
  void start(@TempDir Path folder) {
    accessLog = folder.resolve("access.log");
    RouteFolder routes = RouteFolder.copyIn(folder);
    routes.write(
        "broken",
        """
        - route:
            id: broken
            from:
              uri: platform-http:/broken
              steps:
                - bean: {beanType: '%s'}
        """
            .formatted(Breaking.class.getName()));
    gateway =
        GatewayUnderTest.in(folder)
            .routes(routes.path())
            .with("CISTERN_ACCESS_LOG", accessLog.toString())
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void overHttp2TheStreamIsResetWithAnError() {
    assertThatThrownBy(
            () ->
                VersionedClient.ask(
                    HttpVersion.HTTP_2, HttpMethod.GET, gateway.uri("/broken"), "", "text/plain"))
        .rootCause()
        .isInstanceOfSatisfying(
            StreamResetException.class,
            reset -> assertThat(reset.getCode()).isEqualTo(INTERNAL_ERROR));
    await().until(() -> active() == 0);
  }

  @Test
  void overHttp1TheConnectionEndsBeforeTheLastChunk() throws IOException {
    String answer = gateway.exchange("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("\r\n0\r\n");
    assertThatItIsOver();
  }

  @Test
  void overHttp10TheConnectionIsReset() throws IOException {
    assertThatThrownBy(() -> ask("GET /broken HTTP/1.0\r\nHost: a\r\n\r\n"))
        .isInstanceOf(SocketException.class);
    assertThatItIsOver();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void theFilesOfItsFormAreGone(String version) throws IOException {
    String head =
        "POST /broken HTTP/%s\r\nHost: a\r\nContent-Length: %d\r\nContent-Type: %s\r\n\r\n"
            .formatted(version, FORM.length(), "multipart/form-data; boundary=b");
    try {
      ask(head + FORM);
    } catch (SocketException reset) {
      // As it is to be with HTTP/1.0.
    }
    assertThatItIsOver();
    Path file = Breaking.file.get();
    await().until(() -> !Files.exists(file));
  }

  /** Reads all that comes; with another end of the connection than the orderly one it throws. */
  private void ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }

  private void assertThatItIsOver() throws IOException {
    await().until(() -> active() == 0);
    await().until(() -> logged().size() == 1);
    assertThat(logged().get(0)).contains("/broken");
  }

  private long active() {
    return Figures.metric(gateway.metrics(), "cistern_requests_active");
  }

  private List<String> logged() throws IOException {
    return Files.exists(accessLog) ? Files.readAllLines(accessLog) : List.of();
  }

  /** A step whose answer breaks off, after it has noted the file of its form. */
  public static final class Breaking {
    static final AtomicReference<Path> file = new AtomicReference<>();

    /** Returns it. */
    public static InputStream answer(Exchange exchange) {
      exchange
          .getMessage(AttachmentMessage.class)
          .getAttachments()
          .values()
          .forEach(one -> file.set(Path.of(pathOf(exchange))));
      return new Broken();
    }

    private static String pathOf(Exchange exchange) {
      return exchange.getMessage().getHeader(Exchange.FILE_PATH, String.class);
    }
  }

  private static final class Broken extends InputStream {
    private int left = SENT;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0];
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        throw new IOException("broken");
      }
      int some = Math.min(left, length);
      Arrays.fill(into, from, from + some, (byte) 'x');
      left -= some;
      return some;
    }
  }
}
