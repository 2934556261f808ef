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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
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
  private static final Pattern HITS =
      Pattern.compile("cistern_requests_total\\{[^}]*outcome=\"hit\"[^}]*} ([\\d.E]+)");

  private static final Pattern CONNECTIONS =
      Pattern.compile("(?m)^cistern_connections ([\\d.E]+)$");

  @TempDir private Path folder;
  private FakeUpstream origin;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() {
    origin =
        FakeUpstream.playing(
            connection -> {
              for (String head = connection.readHead();
                  !head.isEmpty();
                  head = connection.readHead()) {
                if (head.contains(" /never ")) {
                  connection.awaitClose();
                  return;
                }
                String body = "x".repeat(size(head));
                connection.write(
                    "HTTP/1.1 200 OK\r\nCache-Control: max-age=600\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
              }
            });
    gateway = GatewayUnderTest.in(folder).upstream("http://127.0.0.1:" + origin.port()).start();
  }

  private static int size(String head) {
    return head.contains(" /huge ") ? HUGE : head.contains(" /large ") ? LARGE : 5;
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
    byte[] some =
        requests("/large", 1000).replace("Connection: close\r\n", "").getBytes(ISO_8859_1);
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
      String first = requests("/never", 1).replace("Connection: close\r\n", "");
      client.getOutputStream().write((first + next).getBytes(ISO_8859_1));
      await().until(() -> origin.accepted() == 1 && connections() == 1);
    }
    await().until(() -> connections() == 0);
  }

  private long connections() {
    Matcher line = CONNECTIONS.matcher(gateway.metrics());
    return line.find() ? (long) Double.parseDouble(line.group(1)) : -1;
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
    String all = requests("/large", 20).replace("Connection: close\r\n", "");
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write((all + upload + requests("/small", 1)).getBytes(ISO_8859_1));

      assertThat(responses(client)).isEqualTo(22);
    }
  }

  private String requests(String path, int count) {
    String host = "localhost:" + gateway.port();
    String one = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
    return (one + "\r\n").repeat(count - 1) + one + "Connection: close\r\n\r\n";
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
    Matcher lines = HITS.matcher(gateway.metrics());
    double sum = 0;
    while (lines.find()) {
      sum += Double.parseDouble(lines.group(1));
    }
    return (long) sum;
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
