package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, by which way and under which id, as the upstream and the client are told. */
class IdentificationTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final List<String> heads = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private final FakeUpstream origin =
      FakeUpstream.answering(
          head -> {
            heads.add(head.toLowerCase(Locale.ROOT));
            return "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok";
          });

  @AfterEach
  void stop() {
    origin.close();
  }

  private GatewayUnderTest.Builder gateway() {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .upstream("http://localhost:" + origin.port());
  }

  private static String ask(GatewayUnderTest gateway, String before, String fields) {
    return RawClient.exchange(
            gateway.port(),
            before + "GET /x HTTP/1.1\r\nHost: a\r\n" + fields + "Connection: close\r\n\r\n")
        .toLowerCase(Locale.ROOT);
  }

  @Test
  void aStrangersIdIsReplacedAndTheUpstreamAndTheClientGetTheSameNewOne() {
    try (GatewayUnderTest gateway = gateway().start()) {
      String answer = ask(gateway, "", "X-Request-Id: mine\r\n");
      String id = answer.replaceAll("(?s).*x-request-id: ([0-9a-f]{32})\r\n.*", "$1");

      assertThat(heads.get(0)).contains("x-request-id: " + id + "\r\n").doesNotContain("mine");
      assertThat(ask(gateway, "", "")).contains("cistern; hit").doesNotContain("x-request-id");
    }
  }

  @Test
  void aTrustedProxysIdIsTakenOverAndGivenBackAlsoWithAHit() {
    try (GatewayUnderTest gateway =
        gateway().with("CISTERN_TRUSTED_PROXIES", "127.0.0.1").start()) {
      assertThat(ask(gateway, "", "X-Request-Id: edge-1\r\n")).contains("x-request-id: edge-1\r\n");
      assertThat(ask(gateway, "", "X-Request-Id: edge-2\r\n"))
          .contains("cistern; hit", "x-request-id: edge-2\r\n");
      assertThat(heads).hasSize(1);
      assertThat(heads.get(0)).contains("x-request-id: edge-1\r\n");
    }
  }

  @Test
  void withoutIdsTheClientsOwnPasses() {
    try (GatewayUnderTest gateway = gateway().with("CISTERN_REQUEST_ID", "off").start()) {
      assertThat(ask(gateway, "", "X-Request-Id: mine\r\n")).doesNotContain("x-request-id");
      assertThat(heads.get(0)).contains("x-request-id: mine\r\n");
    }
  }

  @Test
  void aTraceGoesOnAsAChildWithItsState() {
    try (GatewayUnderTest gateway = gateway().start()) {
      ask(gateway, "", "traceparent: " + TRACE + "\r\ntracestate: a=1\r\n");

      assertThat(heads.get(0))
          .containsPattern("traceparent: 00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01\r\n")
          .contains("tracestate: a=1\r\n")
          .doesNotContain("b7ad6b7169203331");
    }
  }

  @Test
  void aTraceThatCannotBeReadIsBegunAnewWithoutItsState() {
    try (GatewayUnderTest gateway = gateway().start()) {
      ask(gateway, "", "traceparent: 00-0-0-01\r\ntracestate: a=1\r\n");

      assertThat(heads.get(0))
          .containsPattern("traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-00\r\n")
          .doesNotContain("tracestate");
    }
  }

  @Test
  void aTraceBeginsHereOnlyWhereThatIsSet() {
    try (GatewayUnderTest gateway = gateway().start()) {
      ask(gateway, "", "");
      assertThat(heads.get(0)).doesNotContain("traceparent");
    }
    try (GatewayUnderTest gateway = gateway().with("CISTERN_TRACEPARENT", "always").start()) {
      ask(gateway, "", "");
      assertThat(heads.get(1)).contains("traceparent: 00-");
    }
  }

  @Test
  void forwardingFieldsOfStrangersAreReplacedAndThoseOfTrustedProxiesContinued() {
    String claim = "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-Proto: https\r\n";
    try (GatewayUnderTest gateway = gateway().start()) {
      ask(gateway, "", claim);
      assertThat(heads.get(0))
          .contains("x-forwarded-for: 127.0.0.1\r\n", "x-forwarded-proto: http\r\n");
    }
    try (GatewayUnderTest gateway =
        gateway().with("CISTERN_TRUSTED_PROXIES", "127.0.0.1").start()) {
      ask(gateway, "", claim);
      assertThat(heads.get(1))
          .contains("x-forwarded-for: 10.9.9.9, 127.0.0.1\r\n", "x-forwarded-proto: https\r\n");
    }
  }

  @Test
  void theUpstreamGetsBothNotationsOrNoneWhereThatIsSet() {
    try (GatewayUnderTest gateway = gateway().with("CISTERN_FORWARDED", "both").start()) {
      ask(gateway, "", "");
      assertThat(heads.get(0))
          .contains("x-forwarded-for: 127.0.0.1\r\n", "\r\nforwarded: for=127.0.0.1;");
    }
    try (GatewayUnderTest gateway = gateway().with("CISTERN_FORWARDED", "off").start()) {
      ask(gateway, "", "X-Forwarded-For: 10.9.9.9\r\nForwarded: for=10.9.9.9\r\n");
      assertThat(heads.get(1)).doesNotContain("forwarded");
    }
  }

  @Test
  void ofTwoNotationsTheOneThatProxiesDoNotWriteBeginsHere() {
    try (GatewayUnderTest gateway =
        gateway()
            .with("CISTERN_FORWARDED", "both")
            .with("CISTERN_TRUSTED_PROXIES", "127.0.0.1")
            .start()) {
      ask(gateway, "", "X-Forwarded-For: 10.9.9.9\r\nForwarded: for=10.1.1.1\r\n");

      assertThat(heads.get(0))
          .contains("x-forwarded-for: 10.9.9.9, 127.0.0.1\r\n", "\r\nforwarded: for=127.0.0.1;")
          .doesNotContain("10.1.1.1");
    }
  }

  @Test
  void aPeerWithoutAnIpAddressIsUnknown() {
    String preamble = "\r\n\r\n\0\r\nQUIT\n\u0021\u0031\0\u00d8" + "/sock" + "\0".repeat(211);
    try (GatewayUnderTest gateway = gateway().with("CISTERN_PROXY_PROTOCOL", "true").start()) {
      assertThat(ask(gateway, preamble, "")).startsWith("http/1.1 200 ");
      assertThat(heads.get(0)).contains("x-forwarded-for: unknown\r\n");
    }
  }

  @Test
  void theProxyProtocolNamesTheClientInBothOfItsVersions() {
    String second =
        "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\u00c0\0\u0002\u0007\u007f\0\0\u0001\0\u0050\0\u0051";
    try (GatewayUnderTest gateway = gateway().with("CISTERN_PROXY_PROTOCOL", "true").start()) {
      ask(gateway, "PROXY TCP4 198.51.100.7 127.0.0.1 4000 80\r\n", "");
      assertThat(heads.get(0)).contains("x-forwarded-for: 198.51.100.7\r\n");
      ask(gateway, second, "Cache-Control: no-cache\r\n");
      assertThat(heads.get(1)).contains("x-forwarded-for: 192.0.2.7\r\n");
      assertThat(ask(gateway, "", "")).isEmpty();
    }
  }
}
