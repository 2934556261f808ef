package org.cistern.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of one connection, and what {@code Connection} makes such: none goes on, none is kept. */
class ConnectionFieldsTest {

  private static final String RULES =
      """
      rules:
      - {id: rest, path_pattern: /**, cache_ttl: 1h}
      """;

  private static final List<String> OF_ONE_CONNECTION =
      List.of(
          "Keep-Alive: timeout=5",
          "Proxy-Connection: keep-alive",
          "Proxy-Authenticate: Basic",
          "Proxy-Authentication-Info: x=1",
          "Proxy-Authorization: Basic eA==",
          "HTTP2-Settings: AAMAAABkAAQAAP__",
          "TE: gzip",
          "Trailer: X-Sum",
          "X-Listed: 1");

  private static final String CLOSE = "Connection: close";

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile String fields = "";
  private FakeUpstream origin;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start(@TempDir Path folder) {
    origin =
        FakeUpstream.answering(
            head -> {
              heads.add(head);
              return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 4\r\n\r\nbody";
            });
    gateway =
        GatewayUnderTest.in(folder)
            .rules(RULES)
            .with("CACHE_L3_ENABLED", "false")
            .upstream("http://localhost:" + origin.port())
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  private String ask(String path, String... lines) {
    return gateway.exchange(
        "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + joined(List.of(lines)) + "\r\n");
  }

  private static String joined(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append("\r\n"));
    return text.toString();
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT) + ":";
  }

  private static void assertNone(String head) {
    for (String line : OF_ONE_CONNECTION) {
      assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("\r\n" + name(line));
    }
  }

  @Test
  void noneOfARequestGoesToTheUpstream() {
    ask("/request", joined(OF_ONE_CONNECTION) + CLOSE, "Connection: X-Listed");

    assertThat(heads).hasSize(1);
    assertNone(heads.get(0));
  }

  @Test
  void noneOfAResponseGoesToTheClientNowOrLater() {
    fields = joined(OF_ONE_CONNECTION) + "Connection: X-Listed\r\nX-Kept: 1\r\n";

    String first = ask("/response", CLOSE);
    String second = ask("/response", CLOSE);

    assertThat(first).contains("stored").containsIgnoringCase("x-kept: 1");
    assertNone(first);
    assertThat(second).contains("; hit").containsIgnoringCase("x-kept: 1");
    assertNone(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: private",
        "Cache-Control: no-store",
        "CDN-Cache-Control: no-store",
        "Cistern-Cache-Control: no-store",
        "Vary: X-Tenant",
        "Set-Cookie: sid=ann",
        "Expires: Thu, 01 Jan 1970 00:00:00 GMT",
        "Pragma: no-cache",
        "Age: 100000",
        "Date: Thu, 01 Jan 1970 00:00:00 GMT",
        "Content-Encoding: gzip",
        "Content-Type: text/plain",
        "WWW-Authenticate: Basic"
      })
  void whatSaysWhoMayHaveAResponseCannotBeTakenOffIt(String line) {
    String name = line.substring(0, line.indexOf(':'));
    fields = "Connection: close, " + name.toLowerCase(Locale.ROOT) + "\r\n" + line + "\r\n";

    assertThat(ask("/nominated", CLOSE)).contains("not-stored=ambiguous");
    assertThat(ask("/nominated", CLOSE)).doesNotContain("; hit");
    assertThat(heads).hasSize(2);
  }

  @Test
  void aRevalidationWhoseResponseIsMaimedRenewsNothing() {
    fields = "ETag: \"1\"\r\nCache-Control: max-age=0\r\n";
    ask("/renewed", CLOSE);
    fields = "Connection: Cache-Control\r\nCache-Control: private\r\nETag: \"2\"\r\n";

    assertThat(ask("/renewed", CLOSE)).contains("not-stored=ambiguous");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Tenant", "Authorization", "Cookie", "X-API-Key", "Accept-Language"})
  void aRequestThatHidesAFieldFromTheUpstreamHasNoPartInTheCache(String name) {
    String line = name + ": ann";
    assertThat(ask("/hidden", CLOSE, "Connection: " + name, line)).doesNotContain("stored;");
    assertThat(heads.get(0)).doesNotContainIgnoringCase("\r\n" + name + ":");

    assertThat(ask("/hidden", CLOSE)).contains("fwd=uri-miss", "stored");
    assertThat(ask("/hidden", CLOSE, "Connection: " + name, line)).doesNotContain("; hit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x?a=1%0d%0aSet-Cookie:%20sid=evil",
        "/x?a=1%0D%0A%0D%0Abody",
        "/x?Set-Cookie=sid",
        "/x?a=%00%0a%0b",
        "/x%0d%0aSet-Cookie:%20sid=evil",
        "/x?a=%E5%98%8A%E5%98%8DSet-Cookie:%20sid=evil"
      })
  void noEscapeInATargetBecomesALine(String target) {
    String answer = ask(target, CLOSE, "X-Copy: %0d%0aSet-Cookie: sid=evil");

    assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("\nset-cookie");
    assertThat(String.join("", heads).toLowerCase(Locale.ROOT)).doesNotContain("\nset-cookie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: 4, 5",
        "Content-Length: +4",
        "Content-Length: 0x4",
        "Transfer-Encoding: xchunked",
        "X-A: b\0c"
      })
  void aResponseThatCanBeReadInTwoWaysIsNeverKept(String lines) {
    fields = lines + "\r\nCache-Control: max-age=60\r\nConnection: close\r\n";

    ask("/tricks", CLOSE);
    String later = ask("/tricks", CLOSE);

    assertThat(later).doesNotContain("; hit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip", "chunked, chunked", "gzip, chunked, gzip"})
  void aResponseInACodingThatNobodyTakesOffIsA502AndNothingOfItIsKept(String coding) {
    fields = "Transfer-Encoding: " + coding + "\r\nCache-Control: max-age=60\r\n";

    assertThat(ask("/coded", CLOSE)).startsWith("HTTP/1.1 502 ").doesNotContain("stored");
    assertThat(ask("/coded", CLOSE)).startsWith("HTTP/1.1 502 ");
    assertThat(heads).hasSize(2);
  }
}
