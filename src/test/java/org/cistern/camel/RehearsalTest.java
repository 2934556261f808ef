package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that only trains the archive, of a gateway that is set up. */
class RehearsalTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties file = new Properties();

  @Test
  void whatIsSetIsRehearsedAndNoUpstreamIsAsked() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "rules:\n- {id: bills, path_pattern: /**, cache_ttl: 60, upstream: billing}\n");
    Path log = folder.resolve("access.log");
    AtomicInteger asked = new AtomicInteger();
    try (FakeUpstream origin = FakeUpstream.playing(connection -> asked.incrementAndGet())) {
      environment.put("CISTERN_UPSTREAM_BILLING_URL", "http://localhost:" + origin.port());
      environment.put("CISTERN_RULES_FILE", rules.toString());
      file.put("cistern.upstream.url", "http://localhost:" + origin.port());
      file.put("cistern.access-log", log.toString());
      file.put("cistern.drain-delay", "1h");

      Rehearsal.run(environment, file, folder.resolve("routes"), InstantSource.system());
    }
    assertThat(asked).hasValue(0);
    assertThat(log).doesNotExist();
  }

  @Test
  void http2WithItsUpstreamsIsNoMistake() {
    file.put("cistern.upstream.url", "https://example.org");
    file.put("cistern.upstream.http2", "true");
    file.put("cistern.upstream.billing.url", "https://billing.example.org");
    file.put("cistern.upstream.billing.http2", "true");

    Settings settings = RehearsalSettings.of(environment, file, folder);

    assertThat(settings.has(Setting.UPSTREAM_URL)).isFalse();
    assertThat(settings.upstreams())
        .hasEntrySatisfying(
            "billing",
            own -> assertThat(own.text(Setting.UPSTREAM_URL)).isEqualTo("https://localhost:1"));
  }

  @Test
  void aUrlInAFileIsNotAskedEither() throws IOException {
    Path url = Files.writeString(folder.resolve("url"), "http://example.org");
    environment.put("CISTERN_UPSTREAM_URL_FILE", url.toString());
    environment.put("CISTERN_PORT_FILE", "/nowhere/to/be/found");

    assertThatThrownBy(() -> RehearsalSettings.of(environment, file, folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("CISTERN_PORT_FILE");
    environment.remove("CISTERN_PORT_FILE");
    assertThat(RehearsalSettings.of(environment, file, folder).has(Setting.UPSTREAM_URL)).isFalse();
  }
}
