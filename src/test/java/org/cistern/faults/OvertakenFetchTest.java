package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fetch that a later one of the same key overtakes, as after a reload in a browser. */
@Timeout(60)
class OvertakenFetchTest {

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();

  @TempDir Path folder;

  @Test
  void whatTheLaterFetchBroughtStays() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .clock(clock)
                .upstream("http://localhost:" + origin.port())
                .start()) {
      InputStream slow = begin(gateway.uri("/x"));
      clock.pass(Duration.ofMillis(10));
      assertThat(gateway.get("/x", "Cache-Control", "no-cache").body()).isEqualTo("answer 2");

      release.countDown();
      assertThat(new String(slow.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("answer 1");

      HttpResponse<String> kept = gateway.get("/x");
      assertThat(kept.body()).isEqualTo("answer 2");
      assertThat(kept.headers().firstValue("Cache-Status").orElse("")).contains("hit");
    }
  }

  /** Returns the body of a response whose head is here. */
  private static InputStream begin(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /** The first answer rests in the middle of its body. */
  private void answer(FakeConnection connection) throws IOException {
    while (!connection.readHead().isEmpty()) {
      int number = asked.incrementAndGet();
      connection.write(
          "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 8\r\n\r\nanswer ");
      if (number == 1) {
        held();
      }
      connection.write(String.valueOf(number));
    }
  }

  private void held() throws IOException {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
