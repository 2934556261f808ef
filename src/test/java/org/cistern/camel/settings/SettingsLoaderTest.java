package org.cistern.camel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cistern.fake.FakeCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be set, and with which sentence everything else is refused. */
class SettingsLoaderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CISTERN_PORT | 65536 | a port from 0 to 65535",
        "CISTERN_PORT | -1 | a port from 0 to 65535",
        "REDIS_PORT | 0 | a port from 1 to 65535",
        "CISTERN_MANAGEMENT_PORT | http | a port from 0 to 65535",
        "CISTERN_MAX_CONNECTIONS | many | a whole number from 1 to 10000000",
        "CISTERN_MAX_CONNECTIONS | 0 | a whole number from 1 to 10000000",
        "CISTERN_MAX_CONNECTIONS | 4294967295 | a whole number from 1 to 10000000",
        "CISTERN_MAX_CONNECTIONS | 3000000000 | a whole number from 1 to 10000000",
        "CISTERN_MAX_HEADER_BYTES | 3GB | 1 KB to 16 MB",
        "CISTERN_MAX_URL_BYTES | 5 | 256 bytes to 16 MB",
        "CISTERN_HTTP2_MAX_STREAMS | 0 | a whole number from 1 to 1000000",
        "CISTERN_IDLE_TIMEOUT | 0 | 100 ms to 7 d",
        "CISTERN_IDLE_TIMEOUT | 100d | 100 ms to 7 d",
        "CISTERN_DRAIN_TIMEOUT | soon | 0 s to 1 d",
        "CISTERN_TRUSTED_PROXIES | 10.0.0.0/99 | IP addresses and CIDR blocks",
        "CISTERN_TRUSTED_PROXIES | proxy.example.org | IP addresses and CIDR blocks",
        "CISTERN_FORWARDED | yes | one of x-forwarded, forwarded, both, off",
        "CISTERN_VIA | 1 | true or false",
        "CISTERN_UPSTREAM_TLS_CA | /nowhere.pem | a PEM file with certificates",
        "CISTERN_UPSTREAM_TIMEOUT | 0 | 1 ms to 1 d",
        "CISTERN_UPSTREAM_CONNECT_TIMEOUT | 0ms | 1 ms to 1 d",
        "CISTERN_UPSTREAM_IDLE_TIMEOUT | 9999999999d | 1 ms to 1 d",
        "CISTERN_UPSTREAM_MAX_CONNECTIONS | 0 | a whole number from 1 to 1000000",
        "CISTERN_UPSTREAM_HEALTH_PATH | health | a path that begins with /",
        "CISTERN_JWT_JWKS_FILE | / | a file that can be read",
        "CACHE_L1_MAX_SIZE | 0 | a whole number from 1 to 2147483647",
        "CACHE_L1_MAX_BYTES | 10 | 1 KB to 1024 TB",
        "CACHE_L1_TTL | 0 | 1 ms to 3650 d",
        "CACHE_L1_POLICY | fifo | one of tinylfu, lru, lfu, ttl",
        "CACHE_L3_MAX_BYTES | 100KB | 1 MB to 1024 TB",
        "CACHE_L3_MAX_BYTES | 999999999999TB | 1 MB to 1024 TB",
        "CACHE_SERIALIZATION_METHOD | xml | one of json, binary",
        "CACHE_SERIALIZATION_METHOD | pickle | which is unsafe",
        "CACHE_SERIALIZATION_METHOD | Pickle | which is unsafe",
        "CACHE_SERIALIZATION_METHOD | JAVA | which is unsafe",
      })
  void whatIsNotAllowedIsRefusedInOneSentence(String variable, String value, String allowed) {
    String key = settingOf(variable).key();
    assertThatThrownBy(() -> load(variable, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(key + " is '" + value + "'")
        .hasMessageContaining("allowed is")
        .hasMessageContaining(allowed)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: y", "/a\u0000", "/\u007f", "/ä", "/a#b", "*"})
  void aHealthPathThatNoRequestLineCanHaveIsRefused(String path) {
    assertThatThrownBy(() -> load("CISTERN_UPSTREAM_HEALTH_PATH", path))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("cistern.upstream.health-path is '")
        .hasMessageContaining("allowed is a path that begins with /, as it stands in a request")
        .hasMessageNotContainingAny("\r", "\n", "\u0000", "\u007f");
  }

  @Test
  void aHealthPathMayHaveAQuery() {
    assertThat(
            load("CISTERN_UPSTREAM_HEALTH_PATH", "/up%20there?deep=1&x=[]")
                .text(Setting.UPSTREAM_HEALTH_PATH))
        .isEqualTo("/up%20there?deep=1&x=[]");
  }

  private static Setting settingOf(String variable) {
    return Stream.of(Setting.values())
        .filter(setting -> setting.variable().equals(variable))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSetToNothingHasItsDefault(Setting setting) {
    Settings unset = SettingsLoader.load(Map.of(), new Properties());
    Settings blank = load(setting.variable(), " ");
    Properties file = new Properties();
    file.setProperty(setting.key(), "");

    assertThat(blank.texts()).isEqualTo(unset.texts());
    assertThat(SettingsLoader.load(Map.of(), file).texts()).isEqualTo(unset.texts());
    assertThat(blank.warnings()).isEmpty();
  }

  @Test
  void theEnvironmentGoesBeforeTheFileUnlessItIsBlank() {
    Properties file = new Properties();
    file.setProperty("cistern.idle-timeout", "10s");

    assertThat(idle(Map.of(), file)).isEqualTo(Duration.ofSeconds(10));
    assertThat(idle(Map.of("CISTERN_IDLE_TIMEOUT", ""), file)).isEqualTo(Duration.ofSeconds(10));
    assertThat(idle(Map.of("CISTERN_IDLE_TIMEOUT", "500ms"), file))
        .isEqualTo(Duration.ofMillis(500));
  }

  private static Duration idle(Map<String, String> environment, Properties file) {
    return SettingsLoader.load(environment, file).time(Setting.IDLE_TIMEOUT);
  }

  @Test
  void aSecretIsReadFromAFileWithoutAByteOrderMarkAndTheEndOfItsLine() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "\uFEFFs3cret\r\n");

    assertThat(load("CISTERN_ADMIN_TOKEN_FILE", secret.toString()).text(Setting.ADMIN_TOKEN))
        .isEqualTo("s3cret");
  }

  @Test
  void aSecretOfAFileThatIsMissingOrEmptyIsRefused() throws IOException {
    String missing = folder.resolve("missing").toString();
    String empty = Files.writeString(folder.resolve("empty"), "\n").toString();

    assertThatThrownBy(() -> load("CISTERN_ADMIN_TOKEN_FILE", missing))
        .hasMessage(
            "CISTERN_ADMIN_TOKEN_FILE is '%s'; allowed is a file that holds the value", missing);
    assertThatThrownBy(() -> load("REDIS_PASSWORD_FILE", empty))
        .hasMessage(
            "REDIS_PASSWORD_FILE is '%s', which is empty; allowed is a file that holds the value",
            empty);
  }

  @Test
  void filesOfCertificatesAreLookedInto() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            StandardCharsets.US_ASCII);
    for (Path file : new Path[] {garbage, broken, folder}) {
      assertThatThrownBy(() -> load("CISTERN_UPSTREAM_TLS_CA", file.toString()))
          .hasMessageContaining("cistern.upstream.tls.ca is '" + file + "'");
    }
    assertThatThrownBy(() -> load("CISTERN_TLS_KEY", garbage.toString()))
        .hasMessageContaining("a PEM file with a private key");
  }

  @Test
  void aMistypedVariableIsWarnedOfWithTheNearestName() {
    assertThat(load("CACHE_L1_MAXSIZE", "100").warnings())
        .containsExactly(
            "the environment sets CACHE_L1_MAXSIZE, which is not a setting;"
                + " did you mean CACHE_L1_MAX_SIZE?");
    assertThat(load("CISTERN_UPSTREAM", "x").warnings()).hasSize(1);
    assertThat(load("CISTERN_UPSTREAM_PRIMARY_URL", "x").warnings())
        .singleElement()
        .asString()
        .endsWith("did you mean CISTERN_UPSTREAM_URL?");
  }

  @Test
  void aSettingOfAnUpstreamWithANameIsMissedItsUrl() {
    assertThat(load("CISTERN_UPSTREAM_BILLING_TIMEOUT", "9s").warnings())
        .containsExactly(
            "the environment sets CISTERN_UPSTREAM_BILLING_TIMEOUT, which is not a setting without"
                + " CISTERN_UPSTREAM_BILLING_URL");
    assertThat(load("CISTERN_UPSTREAM_USER_DATA_CONNECT_TIMEOUT_FILE", "/x").warnings())
        .singleElement()
        .asString()
        .endsWith(" without CISTERN_UPSTREAM_USER_DATA_URL");
    assertThat(load("CISTERN_UPSTREAM_CONECT_TIMEOUT", "9s").warnings())
        .singleElement()
        .asString()
        .endsWith("did you mean CISTERN_UPSTREAM_CONNECT_TIMEOUT?");
  }

  @Test
  void urlsOnLinesOfTheirOwnAreShownOnOne() throws IOException {
    Path file = Files.writeString(folder.resolve("urls"), "http://a,\n http://b\r\nhttp://c\n");

    assertThat(load("CISTERN_UPSTREAM_URL_FILE", file.toString()).text(Setting.UPSTREAM_URL))
        .isEqualTo("http://a, http://b http://c");
  }

  @Test
  void aPlaceholderIsRefusedWithWhatToDoInstead() {
    assertThatThrownBy(() -> load("CISTERN_IDENTITY_SECRET", "{{env:NOPE}}"))
        .hasMessage(
            "cistern.identity.secret is a secret with {{...}} in it, which Camel would fill in;"
                + " allowed is a secret without, as it may also stand in the environment variable"
                + " CISTERN_IDENTITY_SECRET or in a file that CISTERN_IDENTITY_SECRET_FILE names");
    assertThatThrownBy(() -> load("CISTERN_UPSTREAM_URL", "http://{{host}}:80"))
        .hasMessageStartingWith("cistern.upstream.url is 'http://{{host}}:80' with {{...}} in it");
  }

  @Test
  void aVariableAndAFileForTheSameSettingAreRefused() throws IOException {
    String file = Files.writeString(folder.resolve("secret"), "one").toString();
    Map<String, String> both =
        Map.of("CISTERN_IDENTITY_SECRET", "other", "CISTERN_IDENTITY_SECRET_FILE", file);

    assertThatThrownBy(() -> SettingsLoader.load(both, new Properties()))
        .hasMessage(
            "CISTERN_IDENTITY_SECRET and CISTERN_IDENTITY_SECRET_FILE are both set; allowed is one");
    assertThat(load("CISTERN_IDENTITY_SECRET_FILE", file).text(Setting.IDENTITY_SECRET))
        .isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource({
    "CISTERN_HOST, cistern.host",
    "REDIS_PASSWORD_FILE, redis.password",
    "CACHE_L1_MAXSIZE, cache.l1.max-size",
    "CISTERN_UPSTREAM_CONNECT_TIMEOUT, cistern.upstream.connect-timeout",
    "CISTERN_UPSTREAM_FALLBACK_URL, cistern.upstream.fallback-url",
    "CISTERN_UPSTREAM_PRIMARY_URL, cistern.upstream.url",
    "cistern.upstream.primary.url, cistern.upstream.url",
    "CISTERN_UPSTREAM_USER_DATA_URL, cistern.upstream.user-data.url"
  })
  void theNameOfAVariableIsRefusedInTheFileWithTheKeyThatWasMeant(String variable, String key) {
    Properties file = new Properties();
    file.setProperty(variable, "127.0.0.1");

    assertThatThrownBy(() -> SettingsLoader.load(Map.of(), file))
        .hasMessage(
            "application.properties sets %s, which is not a setting; did you mean %s?",
            variable, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CISTERN_UPSTREAM_URL | http://api:80 | cistern.upstream.url is 'http://api:80'",
        "CISTERN_UPSTREAM_URL | 'https://a,HTTP://b' | cistern.upstream.url is 'https://a,HTTP://b'",
        "CISTERN_UPSTREAM_URL | http://u:secret@api | cistern.upstream.url is 'http://***@api'",
        "CISTERN_UPSTREAM_URL | '' | cistern.upstream.url is not set",
        "CISTERN_UPSTREAM_FALLBACK_URL | http://f | cistern.upstream.fallback-url is 'http://f'"
      })
  void http2IsRefusedWithoutTls(String variable, String urls, String why) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CISTERN_UPSTREAM_URL", "https://api");
    environment.put("CISTERN_UPSTREAM_HTTP2", "true");
    environment.put(variable, urls);

    assertThatThrownBy(() -> SettingsLoader.load(environment, new Properties()))
        .hasMessage(
            "cistern.upstream.http2 is 'true'; allowed is that only with https URLs, and " + why);
  }

  @Test
  void http2OverTlsIsAllowed() {
    Map<String, String> environment =
        Map.of("CISTERN_UPSTREAM_URL", "https://a,https://b", "CISTERN_UPSTREAM_HTTP2", "true");

    assertThat(SettingsLoader.load(environment, new Properties()).flag(Setting.UPSTREAM_HTTP2))
        .isTrue();
  }

  @Test
  void aCertificateWithoutItsKeyIsRefusedAndTheOtherWayRound() throws Exception {
    FakeCertificate made = FakeCertificate.make(folder, "me");

    assertThatThrownBy(() -> load("CISTERN_UPSTREAM_TLS_CERT", made.certificate().toString()))
        .hasMessage(
            "cistern.upstream.tls.cert is '%s'; allowed is that only together with"
                + " cistern.upstream.tls.key",
            made.certificate());
    assertThatThrownBy(() -> load("CISTERN_TLS_KEY", made.key().toString()))
        .hasMessage(
            "cistern.tls.key is '%s'; allowed is that only together with cistern.tls.cert",
            made.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "REDIS_SERVICE_HOST",
        "REDIS_SERVICE_PORT_HTTP",
        "CISTERN_PORT_8001_TCP_ADDR",
        "CISTERN_PORT"
      })
  void whatAPodFindsInItsEnvironmentIsNoMistake(String variable) {
    Settings settings = load(variable, "tcp://10.0.0.1:8001");

    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.count(Setting.PORT)).isEqualTo(8001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "camel.main.routesIncludePattern | routes in routes/*.camel.yaml",
        "camel.main.routes-include-pattern | routes in routes/*.camel.yaml",
        "camel.component.kamelet.location | Kamelets in routes/kamelets",
        "camel.server.enabled | cistern.port and the settings beside it",
        "camel.management.port | cistern.management.port and the settings beside it"
      })
  void aKeyOfCamelsThatTheGatewayDecidesIsRefused(String key, String instead) {
    Properties file = new Properties();
    file.setProperty(key, "x");

    assertThatThrownBy(() -> SettingsLoader.load(Map.of(), file))
        .hasMessage(
            "application.properties sets %s, which the gateway decides itself; allowed are %s",
            key, instead);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN | routes in routes/*.camel.yaml",
        "CAMEL_MAIN_ROUTESINCLUDEPATTERN | routes in routes/*.camel.yaml",
        "CAMEL_COMPONENT_KAMELET_LOCATION | Kamelets in routes/kamelets",
        "CAMEL_SERVER_ENABLED | cistern.port and the settings beside it",
        "CAMEL_MANAGEMENT_PORT | cistern.management.port and the settings beside it"
      })
  void aVariableOfCamelsThatTheGatewayDecidesIsRefused(String variable, String instead) {
    assertThatThrownBy(() -> load(variable, "x"))
        .hasMessage(
            "the environment sets %s, which the gateway decides itself; allowed are %s",
            variable, instead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAMEL_SERVERS", "CAMEL_COMPONENT_SEDA_QUEUE_SIZE", "CAMEL_MAIN_NAME"})
  void anotherVariableOfCamelsIsLeftToCamel(String variable) {
    assertThat(load(variable, "x").warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAMEL_SERVER_PORT", "CAMEL_SERVER_SERVICE_HOST"})
  void whatAPodFindsOfAServiceNamedLikeAGroupOfCamelsIsNoMistake(String variable) {
    assertThat(load(variable, "tcp://10.0.0.1:80").warnings()).isEmpty();
  }

  @Test
  void whatHasNoEffectYetIsSaid() {
    assertThat(load("REDIS_HOST", "redis").warnings())
        .containsExactly("redis.host is set, but this version has no Redis tier yet");
    assertThat(load("REDIS_DB", "3").warnings())
        .containsExactly("redis.db is set without redis.host: there is no second tier");
    assertThat(load("CISTERN_ADMIN_TOKEN", "t").warnings())
        .containsExactly("cistern.admin.token is set, but this version has no admin API yet");
  }

  @Test
  @SuppressWarnings("ReferenceEquality") // Another kind may have the same words.
  void onlyWhatMayBeAnyTextSaysThatItMay() {
    assertThat(Stream.of(Setting.values()).filter(setting -> setting.kind() == Kind.TEXT))
        .containsExactlyInAnyOrder(
            Setting.HOST_ALIASES,
            Setting.JWT_ISSUER,
            Setting.JWT_AUDIENCE,
            Setting.REDIS_HOST,
            Setting.KEY_PREFIX);
  }

  @Test
  void aSecretIsInNoSentence() {
    String all =
        Stream.of(Setting.values())
            .filter(setting -> setting.kind().secret())
            .map(setting -> load(setting.variable(), "s3cret").warnings().toString())
            .collect(Collectors.joining());

    assertThat(all).doesNotContain("s3cret");
  }

  private static Settings load(String variable, String value) {
    return SettingsLoader.load(Map.of(variable, value), new Properties());
  }
}
