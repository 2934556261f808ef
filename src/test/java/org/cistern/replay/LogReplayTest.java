package org.cistern.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.Bodies;
import org.cistern.faults.Figures;
import org.cistern.faults.RawClient;
import org.cistern.faults.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A public site's requests of four days, against an origin built from the same log. */
class LogReplayTest {

  private final AtomicInteger fetched = new AtomicInteger();

  @Test
  void everyResponseIsTheOrigins(@TempDir Path folder) throws IOException {
    List<LoggedSite.Line> lines = lines();
    LoggedSite site = new LoggedSite(lines);
    try (FakeUpstream origin = FakeUpstream.playing(connection -> answer(connection, site));
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .rules(Rules.everything())
                .with("CACHE_L1_MAX_SIZE", "200")
                .start();
        RawClient client = new RawClient(gateway.port())) {
      for (LoggedSite.Line line : lines) {
        assertRight(line, site.page(line.path()), ask(client, line, site.page(line.path())));
      }
      report(lines.size(), gateway.metrics());
    }
  }

  private static RawClient.Response ask(
      RawClient client, LoggedSite.Line line, LoggedSite.Page page) throws IOException {
    String body = line.method().equals("POST") ? "Content-Length: 0\r\n" : "";
    return client.ask(line.method(), line.path(), body + conditions(line, page));
  }

  private static String conditions(LoggedSite.Line line, LoggedSite.Page page) {
    return switch (line.status()) {
      case 304 -> "If-None-Match: " + page.tag() + "\r\n";
      case 206 -> "Range: bytes=0-" + (Math.max(1, page.size() / 2) - 1) + "\r\n";
      case 416 -> "Range: bytes=" + page.size() + "-\r\n";
      default -> "";
    };
  }

  private static void assertRight(
      LoggedSite.Line line, LoggedSite.Page page, RawClient.Response response) {
    boolean partial = page.status() == 200 && line.status() == 206 && page.size() > 0;
    boolean unchanged = page.status() == 200 && line.status() == 304;
    boolean beyond = page.status() == 200 && line.status() == 416;
    int status = unchanged ? 304 : beyond ? 416 : partial ? 206 : page.status();
    assertThat(response.status()).as("%s: %s", line, response.headers()).isEqualTo(status);
    if (!beyond) {
      byte[] whole = page.body();
      byte[] expected = partial ? Arrays.copyOf(whole, Math.max(1, page.size() / 2)) : whole;
      boolean none = unchanged || line.method().equals("HEAD");
      assertThat(Arrays.equals(response.body(), none ? new byte[0] : expected))
          .as("body of %s", line)
          .isTrue();
    }
  }

  private void report(int requests, String metrics) {
    Figures.report(
        "apache log: %d requests, every response the origin's; L1 %.1f%%, L3 %.1f%%, %d upstream"
            + " requests",
        requests, share(metrics, "l1", requests), share(metrics, "l3", requests), fetched.get());
    assertThat(fetched.get()).isLessThan(requests);
  }

  private static double share(String metrics, String tier, int requests) {
    long hits =
        Figures.metric(
            metrics, "cistern_tier_lookups_total", "tier=\"" + tier + "\"", "result=\"hit\"");
    return 100.0 * hits / requests;
  }

  private static List<LoggedSite.Line> lines() throws IOException {
    Path file = TestData.file("apache_logs.txt");
    assumeThat(file).as("%s is not there: not replayed", file).exists();
    try (var texts = Files.lines(file, ISO_8859_1)) {
      return texts
          .limit(Figures.pick(Integer.MAX_VALUE, 2000))
          .map(LoggedSite.Line::of)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  private void answer(FakeConnection connection, LoggedSite site) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      fetched.incrementAndGet();
      LoggedSite.Page page = site.page(Bodies.path(head));
      String fields = page.headers();
      if (page.status() == 200 && head.contains(page.tag())) {
        connection.write("HTTP/1.1 304 -\r\n" + fields + "\r\n");
      } else if (Bodies.method(head).equals("HEAD")) {
        connection.write(
            "HTTP/1.1 "
                + page.status()
                + " -\r\n"
                + fields
                + "Content-Length: "
                + page.size()
                + "\r\n\r\n");
      } else {
        Bodies.respond(connection, page.status(), fields, page.body());
      }
    }
  }
}
