package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees who starts the gateway and asks it twice. */
class FirstRunTest {

  /** A newcomer has compiled nothing, and the goal itself does not. */
  @Test
  void theCommandThatStartsTheGatewayCompilesItFirst() throws IOException {
    assertThat(Files.readString(Path.of("mvnw"))).contains("set -- -q process-classes \"$@\"");
  }

  @Test
  void theSecondRequestIsAnsweredFromMemoryAndAfterARestartFromDisk(@TempDir Path folder) {
    int port;
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).start()) {
      port = gateway.port();
      HttpResponse<String> first = gateway.get("/api/v1/models");
      HttpResponse<String> second = gateway.get("/api/v1/models");

      assertThat(first.body()).contains("osprey-7b");
      assertThat(GatewayUnderTest.status(first)).contains("fwd=uri-miss", "stored", "rule=models");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(GatewayUnderTest.status(second)).contains("hit", "l1 rule=models reason=fresh");
    }
    // The port is part of the host, and the host of the key.
    try (GatewayUnderTest again =
        GatewayUnderTest.in(folder).with("CISTERN_PORT", String.valueOf(port)).start()) {
      assertThat(GatewayUnderTest.status(again.get("/api/v1/models"))).contains("hit", "l3 ");
    }
  }
}
