package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a response that is not stored means for the requests after it, and what it does not. */
class PassingFieldsTest {

  private static final String RULES =
      """
      rules:
      - id: all
        path_pattern: /**
        cache_ttl: 10s
        stale_if_error: 1h
        write_policy: through
      """;

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CACHE_L1_TTL", "5");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  @Test
  void anErrorIsNotHeldAgainstTheAnswersAfterIt() {
    door.api()
        .on("/a", (request, number) -> Api.say(request, number == 1 ? 503 : 200, "v" + number));
    assertThat(door.get("/a").statusCode()).isEqualTo(503);
    assertThat(door.status("/a")).contains("stored");
    assertThat(door.status("/a")).contains("hit");
  }

  @Test
  void aReloadThatFailsDoesNotHideTheStaleAnswerOnDisk() {
    AtomicBoolean failing = new AtomicBoolean();
    door.api()
        .on("/a", (request, number) -> Api.say(request, failing.get() ? 503 : 200, "v" + number));
    door.body("/a");
    door.pass(Duration.ofSeconds(20));
    failing.set(true);
    assertThat(door.get("/a", "Cache-Control", "no-cache").statusCode()).isEqualTo(503);
    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @Test
  void aVariantThatMayNotBeStoredDoesNotHideAnotherOnDisk() {
    door.api()
        .on(
            "/a",
            (request, number) -> {
              boolean secret = "secret".equals(request.getHeader("X-V"));
              String control = secret ? "no-store" : "max-age=1000";
              Api.say(request, 200, "v" + number, "Vary", "X-V", "Cache-Control", control);
            });
    assertThat(door.body("/a", "X-V", "open")).isEqualTo("v1");
    door.restart();
    door.body("/a", "X-V", "secret");
    door.body("/a", "X-V", "secret");
    door.body("/a", "X-V", "secret");
    assertThat(door.status("/a", "X-V", "open")).contains("hit", "l3");
  }

  @Test
  void anAnswerThatCanBeStoredAgainIsStoredAtOnce() {
    door.api()
        .on(
            "/a",
            (request, number) ->
                Api.say(
                    request,
                    200,
                    "v" + number,
                    "Cache-Control",
                    number == 1 ? "no-store" : "max-age=1000"));
    door.body("/a");
    assertThat(door.status("/a")).contains("stored");
    assertThat(door.body("/a")).isEqualTo("v2");
    assertThat(door.api().count("/a")).isEqualTo(2);
  }
}
