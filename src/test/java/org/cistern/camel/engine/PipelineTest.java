package org.cistern.camel.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.Figures;
import org.cistern.routes.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a client sends behind each other, without waiting for the responses. */
class PipelineTest {

  private static final int LARGE = 512 * 1024;
  private static final int HUGE = 8_000_000;

  @TempDir private Path folder;
  private FakeUpstream origin;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    origin = FakeUpstream.answering(PipelineTest::answer);
    gateway = GatewayUnderTest.in(folder).upstream("http://127.0.0.1:" + origin.port()).start();
  }

  private static String answer(String head) {
    if (head.contains(" /never ")) {
      return "";
    }
    int size = head.contains(" /huge ") ? HUGE : head.contains(" /large ") ? LARGE : 5;
    String fields = "Cache-Control: max-age=600\r\nContent-Length: " + size + "\r\n\r\n";
    return "HTTP/1.1 200 OK\r\n" + fields + "x".repeat(size);
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  @Test
  void aClientThatAsksAndDoesNotReadHasFewResponsesMade() throws IOException {
    gateway.get("/large");
    long before = hits();
    int asked = 200;
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.getOutputStream().write(requests("/large", asked).getBytes(ISO_8859_1));
      long made = standstill(this::hits) - before;

      assertThat(made).isNotNegative().isLessThan(asked / 4);
      assertThat(gateway.get("/large").body()).hasSize(LARGE);
      assertThat(responses(client)).isEqualTo(asked);
    }
  }

  @Test
  void aClientThatAsksAndDoesNotReadIsNotReadAnyFurther() throws IOException {
    gateway.get("/large");
    AtomicLong sent = new AtomicLong();
    byte[] some = request("/large").repeat(1000).getBytes(ISO_8859_1);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      Thread writer = new Thread(() -> write(client, some, sent));
      writer.start();

      assertThat(standstill(sent::get)).isLessThan(40_000_000);
      assertThat(gateway.get("/large").body()).hasSize(LARGE);
    }
  }

  /** Writes for as long as somebody reads. */
  private static void write(Socket client, byte[] bytes, AtomicLong sent) {
    try {
      while (sent.get() < 200_000_000) {
        client.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /next HT",
        "GET /next HTTP/1.1\r\n\r\n",
        "PUT /next HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"
      })
  void aClientThatGoesAwayInItsNextRequestIsForgotten(String next) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.getOutputStream().write((request("/never") + next).getBytes(ISO_8859_1));
      await().until(() -> origin.accepted() == 1 && connections() == 1);
    }
    await().until(() -> connections() == 0);
  }

  @Test
  void aBodyThatBreaksBehindAnotherRequestEndsTheConnection() {
    String next = "POST /next HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    try (Log log = new Log("");
        RawClient client = new RawClient(gateway.port())) {
      client.send(request("/never") + next);

      assertThat(client.rest()).isEmpty();
      await().until(() -> connections() == 0);
      assertThat(log.text()).isEmpty();
    }
  }

  private long connections() {
    return Figures.metric(gateway.metrics(), "cistern_connections");
  }

  @Test
  void aLargeResponseIsHandedOverAsItsClientTakesIt() throws IOException {
    gateway.get("/huge");
    long before = hits();
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(16 * 1024);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
      client.getOutputStream().write(requests("/huge", 1).getBytes(ISO_8859_1));
      client.getInputStream().read();
      gateway.get("/small");
      assertThat(hits()).isEqualTo(before);

      assertThat(client.getInputStream().readAllBytes().length).isGreaterThan(HUGE);
      await().until(() -> hits() == before + 1);
    }
  }

  @Test
  void thousandsOfRequestsInOneGoAreAnsweredInTheirOrder() throws IOException {
    gateway.get("/small");
    int asked = 5000;
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.getOutputStream().write(requests("/small", asked).getBytes(ISO_8859_1));

      assertThat(responses(client)).isEqualTo(asked);
    }
  }

  @Test
  void aBodyBehindAnotherRequestComesWhole() throws IOException {
    gateway.get("/large");
    String upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde";
    String all = request("/large").repeat(20);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write((all + upload + requests("/small", 1)).getBytes(ISO_8859_1));

      assertThat(responses(client)).isEqualTo(22);
    }
  }

  /** So many requests, after which the connection is closed. */
  private String requests(String path, int count) {
    String last = request(path).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    return request(path).repeat(count - 1) + last;
  }

  private String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n\r\n";
  }

  private static int responses(Socket client) throws IOException {
    client.setSoTimeout(20_000);
    int count = 0;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        count += line.endsWith("HTTP/1.1 200 OK") ? 1 : 0;
      }
    }
    return count;
  }

  private long hits() {
    return Figures.metric(gateway.metrics(), "cistern_requests_total", "outcome=\"hit\"");
  }

  /** Waits until a number has stopped growing, and returns it. */
  private static long standstill(LongSupplier number) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> before.getAndSet(number.getAsLong()) == before.get());
    return before.get();
  }
}
