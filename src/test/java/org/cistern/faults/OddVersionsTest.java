package org.cistern.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Versions of HTTP that nobody speaks; in a process of its own, since the server has a look at them
 * by itself where it is not run as it is shipped.
 */
class OddVersionsTest {

  private final CopyOnWriteArrayList<String> heads = new CopyOnWriteArrayList<>();

  @Test
  void areRefusedAndLoggedAndTheirConnectionIsClosed(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("access.log");
    try (FakeUpstream origin = FakeUpstream.playing(each -> heads.add(each.readHead()));
        GatewayProcess gateway =
            GatewayProcess.up(
                folder,
                Map.of(
                    "CISTERN_UPSTREAM_URL",
                    "http://localhost:" + origin.port(),
                    "CISTERN_ACCESS_LOG",
                    log.toString()))) {
      for (String version : new String[] {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "FOO/1.1"}) {
        assertThat(answer(gateway.port(), version))
            .startsWith("HTTP/1.1 505 ")
            .contains("application/problem+json", "connection: close");
      }
      ProcessHandle.of(gateway.pid()).orElseThrow().destroy();
      assertThat(gateway.exitCode()).isIn(0, 143);
    }
    assertThat(heads).isEmpty();
    assertThat(Files.readAllLines(log)).hasSize(4).allMatch(line -> line.contains("505"));
  }

  private static String answer(int port, String version) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request = "GET / " + version + "\r\nHost: a\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
