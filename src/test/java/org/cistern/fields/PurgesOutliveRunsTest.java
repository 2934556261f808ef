package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers on disk and the purges that came while nobody looked at them. */
class PurgesOutliveRunsTest {

  private static final String RULES =
      """
      rules:
      - {id: all, path_pattern: /**, cache_ttl: 10h, write_policy: through}
      """;

  private final GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();
  private Path folder;
  private Api api;
  private GatewayUnderTest gateway;
  private int port;

  @BeforeEach
  void start(@TempDir Path ofTest) {
    folder = ofTest;
    api = Api.start();
    gateway = run(true);
    port = gateway.port();
  }

  @AfterEach
  void stop() {
    gateway.close();
    api.close();
  }

  private GatewayUnderTest run(boolean disk) {
    return GatewayUnderTest.in(folder)
        .rules(RULES)
        .upstream(api.url())
        .clock(clock)
        .with("CACHE_L3_ENABLED", String.valueOf(disk))
        .with("CISTERN_PORT", String.valueOf(port))
        .start();
  }

  private void restart(boolean disk) {
    gateway.close();
    gateway = run(disk);
  }

  private String status(String path) {
    return GatewayUnderTest.status(gateway.get(path));
  }

  @Test
  void aPurgeWhileTheDiskWasOffReachesWhatIsOnIt() {
    gateway.get("/a");
    gateway.get("/b");
    restart(false);
    gateway.send("PUT", "/a", "");
    assertThat(folder.resolve("storage/entries.db")).exists();
    restart(true);
    assertThat(gateway.get("/a").body()).isEqualTo("v3");
    assertThat(status("/b")).contains("hit", "l3");
  }

  @Test
  void withoutAnswersOnDiskARunWithoutDiskLeavesTheFolderAlone() throws IOException {
    gateway.close();
    Path unused = folder.resolve("unused");
    gateway =
        GatewayUnderTest.in(folder)
            .rules(RULES)
            .upstream(api.url())
            .with("CACHE_L3_ENABLED", "false")
            .with("CACHE_L3_STORAGE_PATH", unused.toString())
            .start();
    gateway.send("PUT", "/a", "");
    assertThat(unused).doesNotExist();
  }

  @Test
  void aPurgeThatCouldNotBeWrittenDownTakesTheAnswersOnDiskWithIt() throws IOException {
    gateway.get("/a");
    gateway.close();
    Path state = folder.resolve("storage/state.db");
    Path kept = folder.resolve("kept.db");
    Files.move(state, kept);
    Files.createDirectory(state);
    gateway = run(true);
    gateway.send("PUT", "/a", "");
    gateway.close();
    Files.delete(state);
    Files.move(kept, state);
    gateway = run(true);
    assertThat(gateway.get("/a").body()).isEqualTo("v3");
  }

  @Test
  void purgesAreForgottenOnceWhatTheyCoverIsDeleted() {
    gateway.get("/a");
    gateway.get("/b");
    gateway.send("PUT", "/a", "");
    assertThat(gateway.metrics()).doesNotContain("cistern_purge_targets 0.0");
    clock.pass(Duration.ofMinutes(20));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> gateway.metrics().contains("cistern_purge_targets 0.0"));
    restart(true);
    assertThat(gateway.get("/a").body()).isEqualTo("v3");
    assertThat(status("/b")).contains("hit", "l3");
  }
}
