package org.cistern.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.Bodies;
import org.cistern.faults.Figures;
import org.cistern.faults.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A public site's requests of four days, against an origin built from the same log, through the
 * shipped rules. Each response is compared with what the origin says to the same request: status,
 * body, and every field but those that a cache sets anew.
 */
class LogReplayTest {

  /** What a cache says of itself and of this response alone. */
  private static final Set<String> OF_THE_CACHE =
      Set.of("age", "cache-status", "date", "via", "x-request-id");

  private final AtomicInteger fetched = new AtomicInteger();

  @Test
  void everyResponseIsTheOrigins(@TempDir Path folder) throws IOException {
    List<LoggedLine> lines = lines();
    LoggedSite site = new LoggedSite(lines);
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (FakeUpstream origin = FakeUpstream.playing(connection -> answer(connection, site));
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .upstream("http://127.0.0.1:" + origin.port())
                .with("CACHE_L1_MAX_SIZE", "200")
                .start();
        RawClient client = new RawClient(gateway.port())) {
      for (LoggedLine line : lines) {
        int status =
            line.isRefused()
                ? refused(line, gateway)
                : replayed(line, site.page(line.path()), client);
        statuses.merge(status, 1, Integer::sum);
      }
      report(lines.size(), statuses, gateway.metrics());
    }
  }

  /** A control character in a path is nobody's honest request: that line does not get through. */
  private static int refused(LoggedLine line, GatewayUnderTest gateway) throws IOException {
    try (RawClient client = new RawClient(gateway.port())) {
      assertThat(ask(client, line, Map.of()).status()).as("%s", line).isEqualTo(400);
    }
    return 400;
  }

  private static int replayed(LoggedLine line, LoggedSite.Page page, RawClient client)
      throws IOException {
    SiteReply expected = page.reply(line.method(), line.asked(page));
    assertSame(line, expected, ask(client, line, line.asked(page)));
    return expected.status();
  }

  private static RawClient.Response ask(
      RawClient client, LoggedLine line, Map<String, String> fields) throws IOException {
    StringBuilder lines = new StringBuilder();
    fields.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    String body = line.method().equals("POST") ? "Content-Length: 0\r\n" : "";
    return client.ask(line.method(), line.path(), lines + body);
  }

  private static void assertSame(LoggedLine line, SiteReply expected, RawClient.Response response) {
    assertThat(response.status())
        .as("%s: %s", line, response.headers())
        .isEqualTo(expected.status());
    Map<String, String> fields = new TreeMap<>(response.headers());
    fields.keySet().removeAll(OF_THE_CACHE);
    // The site has one form of everything; of what can be compressed the gateway has two.
    fields.remove("vary", "Accept-Encoding");
    assertThat(fields).as("fields of %s", line).isEqualTo(expected.fields());
    assertThat(Arrays.equals(response.body(), expected.body())).as("body of %s", line).isTrue();
  }

  private void report(int requests, Map<Integer, Integer> statuses, String metrics) {
    Figures.report(
        "apache log: %d requests %s, every response the origin's in status, fields and body, but for those"
            + " refused with 400; L1"
            + " %.1f%%, L3 %.1f%%, %d upstream requests",
        requests,
        statuses,
        share(metrics, "l1", requests),
        share(metrics, "l3", requests),
        fetched.get());
    assertThat(fetched.get()).isLessThan(requests);
  }

  private static double share(String metrics, String tier, int requests) {
    long hits =
        Figures.metric(
            metrics, "cistern_tier_lookups_total", "tier=\"" + tier + "\"", "result=\"hit\"");
    return 100.0 * hits / requests;
  }

  private static List<LoggedLine> lines() throws IOException {
    Path file = TestData.file("apache_logs.txt");
    assumeThat(file).as("%s is not there: not replayed", file).exists();
    try (var texts = Files.lines(file, ISO_8859_1)) {
      return texts
          .limit(Figures.pick(Integer.MAX_VALUE, 2000))
          .map(LoggedLine::of)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  private void answer(FakeConnection connection, LoggedSite site) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      fetched.incrementAndGet();
      SiteReply reply = site.page(Bodies.path(head)).reply(Bodies.method(head), fields(head));
      connection.write(reply.head() + new String(reply.body(), ISO_8859_1));
    }
  }

  private static Map<String, String> fields(String head) {
    Map<String, String> fields = new HashMap<>();
    head.lines()
        .skip(1)
        .filter(line -> line.indexOf(':') > 0)
        .map(line -> line.split(":", 2))
        .forEach(field -> fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip()));
    return fields;
  }
}
