package org.cistern.camel.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Upstreams with names of their own, as they are set. */
class NamedUpstreamsTest {

  private static final String BILLING = "cistern.upstream.billing.url";

  private static Settings load(Map<String, String> environment, String... file) {
    Properties properties = new Properties();
    for (int i = 0; i < file.length; i += 2) {
      properties.put(file[i], file[i + 1]);
    }
    return SettingsLoader.load(new HashMap<>(environment), properties);
  }

  private static Settings billing(Settings settings) {
    return requireNonNull(settings.upstreams().get("billing"));
  }

  @Test
  void theyComeFromTheFileAndFromTheEnvironmentWhichHasTheLastWord() {
    Settings settings =
        load(
            Map.of(
                "CISTERN_UPSTREAM_BILLING_URL", "http://b",
                "CISTERN_UPSTREAM_USER_DATA_URL", "http://u"),
            BILLING,
            "http://a");

    assertThat(settings.upstreams()).containsOnlyKeys("billing", "user-data");
    assertThat(billing(settings).text(Setting.UPSTREAM_URL)).isEqualTo("http://b");
    assertThat(settings.text(Setting.UPSTREAM_URL)).isEmpty();
  }

  @Test
  void theFallbackOfThePrimaryOneIsNoUpstreamNamedFallback() {
    Settings settings = load(Map.of("CISTERN_UPSTREAM_FALLBACK_URL", "http://f"));

    assertThat(settings.upstreams()).isEmpty();
    assertThat(settings.text(Setting.UPSTREAM_FALLBACK_URL)).isEqualTo("http://f");
  }

  @Test
  void timesAndBoundsHoldForAllUnlessTheySayOtherwiseAndTheRestIsTheirOwn() {
    Settings settings =
        load(
            Map.of("CISTERN_UPSTREAM_BILLING_MAX_WAITING", "7"),
            BILLING,
            "http://a",
            "cistern.upstream.billing.connect-timeout",
            "9s",
            "cistern.upstream.timeout",
            "3s",
            "cistern.upstream.connect-timeout",
            "4s",
            "cistern.upstream.health-path",
            "/up",
            "cistern.upstream.fallback-url",
            "http://f");
    Settings billing = billing(settings);

    assertThat(billing.time(Setting.UPSTREAM_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
    assertThat(billing.time(Setting.UPSTREAM_CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(9));
    assertThat(billing.count(Setting.UPSTREAM_MAX_WAITING)).isEqualTo(7);
    assertThat(billing.text(Setting.UPSTREAM_HEALTH_PATH)).isEmpty();
    assertThat(billing.text(Setting.UPSTREAM_FALLBACK_URL)).isEmpty();
    assertThat(settings.count(Setting.UPSTREAM_MAX_WAITING)).isEqualTo(1024);
  }

  @Test
  void whatIsWrongIsSaidByTheirNames() {
    assertThatThrownBy(
            () -> load(Map.of(), BILLING, "http://a", "cistern.upstream.billing.timeout", "soon"))
        .hasMessageStartingWith("cistern.upstream.billing.timeout is 'soon'; allowed is ");
    assertThatThrownBy(
            () -> load(Map.of(), BILLING, "http://a", "cistern.upstream.billing.tiemout", "1s"))
        .hasMessageContaining("cistern.upstream.billing.tiemout")
        .hasMessageContaining("did you mean cistern.upstream.billing.timeout?");
    assertThatThrownBy(
            () -> load(Map.of(), BILLING, "http://a", "cistern.upstream.billing.http2", "true"))
        .hasMessage(
            "cistern.upstream.billing.http2 is 'true'; allowed is that only with https URLs, and"
                + " cistern.upstream.billing.url is 'http://a'");
    assertThatThrownBy(() -> load(Map.of(), "cistern.upstream.billing.idle-timeout", "9s"))
        .hasMessage(
            "application.properties sets cistern.upstream.billing.idle-timeout, which is not a"
                + " setting without cistern.upstream.billing.url");
    assertThatThrownBy(() -> load(Map.of(), "cistern.upstream.billing.ulr", "http://a"))
        .hasMessageContaining("cistern.upstream.billing.ulr, which is not a setting");
    assertThatThrownBy(() -> load(Map.of(), "cistern.upstream.primary.url", "http://a"))
        .hasMessageContaining("cistern.upstream.primary.url, which is not a setting");
  }
}
