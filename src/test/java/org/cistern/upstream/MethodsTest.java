package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods and forms of target that few clients use, on their way to the upstream. */
class MethodsTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      heads.add(head);
      lines.add(head.lines().findFirst().orElse(""));
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
  }

  @Test
  void everyMethodPassesButConnectWhichIsRefused() throws IOException {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder).upstream("http://127.0.0.1:" + origin.port()).start()) {
      for (String method : List.of("OPTIONS", "TRACE", "PATCH", "PURGE", "REPORT", "HEAD")) {
        assertThat(ask(gateway, method, "/a").status()).as(method).isEqualTo(200);
      }
      assertThat(ask(gateway, "OPTIONS", "*").status()).isEqualTo(200);
      assertThat(ask(gateway, "GET", "http://localhost/b?c").status()).isEqualTo(200);
      assertThat(ask(gateway, "CONNECT", "example.org:443").status()).isBetween(400, 501);

      assertThat(lines)
          .containsExactly(
              "OPTIONS /a HTTP/1.1",
              "TRACE /a HTTP/1.1",
              "PATCH /a HTTP/1.1",
              "PURGE /a HTTP/1.1",
              "REPORT /a HTTP/1.1",
              "HEAD /a HTTP/1.1",
              "OPTIONS * HTTP/1.1",
              "GET /b?c HTTP/1.1");
    }
  }

  @Test
  void whatMayBeForwardedNoMoreEndsHereAndEveryHopCounts() throws IOException {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder).upstream("http://127.0.0.1:" + origin.port()).start()) {
      assertThat(ask(gateway, "OPTIONS", "/a", "Max-Forwards: 0\r\n").status()).isEqualTo(204);
      assertThat(ask(gateway, "TRACE", "/a", "Max-Forwards: 0\r\n").status()).isEqualTo(405);
      assertThat(heads).isEmpty();

      assertThat(ask(gateway, "TRACE", "/a", "Max-Forwards: 2\r\n").status()).isEqualTo(200);
      assertThat(heads.get(0)).containsIgnoringCase("max-forwards: 1\r\n");
    }
  }

  private static RawClient.Response ask(GatewayUnderTest gateway, String method, String target)
      throws IOException {
    return ask(gateway, method, target, "");
  }

  private static RawClient.Response ask(
      GatewayUnderTest gateway, String method, String target, String fields) throws IOException {
    try (RawClient client = new RawClient(gateway.port())) {
      return client.ask(method, target, fields);
    }
  }
}
