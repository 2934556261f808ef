package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.cistern.camel.settings.SettingsException;
import org.cistern.camel.settings.SettingsLoader;
import org.cistern.state.FolderLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a gateway that did not come to be, or is over: nothing. */
class ApplicationTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties file = new Properties();

  @Test
  void aGatewayThatIsRefusedHalfWayGivesBackWhatItHad() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys.json"), "none");
    environment.put("CISTERN_JWT_JWKS_FILE", keys.toString());
    environment.put("CISTERN_JWT_ISSUER", "somebody");
    environment.put("CISTERN_JWT_AUDIENCE", "us");

    assertThatThrownBy(this::application)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cistern.jwt.jwks-file");

    assertFree();
    await().untilAsserted(() -> assertThat(threads()).noneMatch("cistern-state"::equals));
  }

  @Test
  void aSecondCloseDoesNothing() throws Exception {
    Application application = application();
    application.start();
    application.close();
    application.close();

    assertFree();
  }

  private Application application() {
    environment.put("CISTERN_HOST", "127.0.0.1");
    environment.put("CISTERN_PORT", "0");
    environment.put("CISTERN_MANAGEMENT_PORT", "0");
    environment.put("CACHE_L3_STORAGE_PATH", folder.resolve("storage").toString());
    return new Application(
        SettingsLoader.load(environment, file), file, Path.of("routes"), InstantSource.system());
  }

  private void assertFree() throws IOException {
    try (FolderLock lock = FolderLock.take(folder.resolve("storage"))) {
      assertThat(lock).isNotNull();
    }
  }

  private static Iterable<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
