package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refreshes behind the client that bring nothing to keep. */
class FailedRefreshTest {

  private static final String RULES =
      """
      rules:
      - {id: all, path_pattern: /**, cache_ttl: 10, stale_while_revalidate: 300}
      """;

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private void hit() {
    assertThat(door.body("/a")).isEqualTo("v1");
  }

  private void awaitAsked(int times) {
    await().until(() -> door.api().count("/a") >= times);
  }

  /** The origin fails from now on, and the first refresh has seen it. */
  private void fail(Api.Script how) {
    hit();
    door.api().on("/a", how);
    door.pass(Duration.ofSeconds(11));
    hit();
    awaitAsked(2);
  }

  private void assertThatHitsAskOnceInASecond() {
    for (int i = 0; i < 10; i++) {
      hit();
    }
    door.pass(Duration.ofSeconds(1));
    hit();
    awaitAsked(3);
    assertThat(door.api().count("/a")).isEqualTo(3);
  }

  @Test
  void areNotTriedAgainByEachHitWhereTheOriginAnswersWithAnError() {
    fail(Api.saying(500));
    assertThatHitsAskOnceInASecond();
  }

  @Test
  void areNotTriedAgainByEachHitWhereTheAnswerIsNoneToKeepAnyMore() {
    fail(Api.saying("Set-Cookie", "a=b"));
    assertThatHitsAskOnceInASecond();
  }

  @Test
  void areNotTriedAgainByEachHitWhereTheBodyBreaksOff() {
    fail(
        (request, number) -> {
          request.response().putHeader("Content-Length", "9").write("part");
          request.connection().close();
        });
    assertThatHitsAskOnceInASecond();
  }
}
