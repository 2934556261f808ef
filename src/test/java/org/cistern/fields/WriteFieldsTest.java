package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.cistern.purge.Purge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that say when the disk is written, and by what its answers are purged. */
class WriteFieldsTest {

  private static final String RULES =
      """
      rules:
      - {id: through, path_pattern: /through/*, cache_ttl: 1h, write_policy: through}
      - {id: behind, path_pattern: /behind/*, cache_ttl: 1h, write_policy: behind}
      - {id: back, path_pattern: /back/*, cache_ttl: 1h, write_policy: back}
      - {id: tags, path_pattern: /tags, cache_ttl: 1h, tags: [catalog]}
      - id: from
        path_pattern: /from
        cache_ttl: 1h
        tags_from: {header: X-Tags}
      - id: content
        path_pattern: /content
        cache_ttl: 1h
        tags_from: {json_path: "$.items[*].id"}
      """;

  private Path folder;
  private Door door;

  @BeforeEach
  void start(@TempDir Path ofTest) {
    folder = ofTest;
    door = new Door(folder, RULES, "CACHE_L1_MAX_SIZE", "4", "CACHE_L1_POLICY", "lru");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private int onDisk(String rule) {
    return (int) onDisk("count(*)", rule);
  }

  private long onDisk(String what, String rule) {
    String url = "jdbc:sqlite:" + folder.resolve("storage/entries.db");
    try (Connection file = DriverManager.getConnection(url);
        ResultSet count =
            file.createStatement()
                .executeQuery("SELECT " + what + " FROM entry WHERE rule='" + rule + "'")) {
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void throughWritesTheDiskBeforeTheAnswerEnds() {
    for (int i = 1; i <= 20; i++) {
      door.body("/through/" + i);
      assertThat(onDisk("through")).isEqualTo(i);
    }
  }

  @Test
  void throughWaitsForTheDiskWhereA304RenewsToo() {
    door.api()
        .on(
            "/through/e",
            (request, number) -> {
              int status = request.getHeader("If-None-Match") == null ? 200 : 304;
              String body = status == 200 ? "body" : "";
              Api.say(request, status, body, "ETag", "\"e\"", "Cache-Control", "max-age=10");
            });
    door.body("/through/e");
    for (int i = 0; i < 20; i++) {
      long before = onDisk("max(expires)", "through");
      door.pass(Duration.ofSeconds(20));
      assertThat(door.body("/through/e")).isEqualTo("body");
      assertThat(onDisk("max(expires)", "through")).isEqualTo(before + 20_000);
    }
  }

  @Test
  void behindWritesTheDiskSoonAfter() {
    door.body("/behind/1");
    await().untilAsserted(() -> assertThat(onDisk("behind")).isEqualTo(1));
  }

  @Test
  void backWritesTheDiskWhatMemoryLetsGo() {
    door.body("/back/1");
    door.body("/behind/1");
    await().untilAsserted(() -> assertThat(onDisk("behind")).isEqualTo(1));
    assertThat(onDisk("back")).isZero();

    IntStream.range(2, 12).forEach(i -> door.body("/behind/" + i));
    await().untilAsserted(() -> assertThat(onDisk("back")).isEqualTo(1));
    assertThat(door.status("/back/1")).contains("hit", "l3");
  }

  @Test
  void backWritesTheRestAtShutdown() {
    door.body("/back/1");
    door.body("/back/2");
    assertThat(onDisk("back")).isZero();
    door.restart();
    assertThat(onDisk("back")).isEqualTo(2);
    assertThat(door.status("/back/1")).contains("hit", "l3");
  }

  @Test
  void backNeverWritesWhatWasPurged() {
    door.body("/back/1");
    door.body("/back/2");
    door.send("DELETE", "/back/1");
    door.restart();
    assertThat(onDisk("back")).isEqualTo(1);
  }

  @Test
  void tagsOfARulePurgeItsAnswers() {
    purges("/tags", "catalog");
  }

  @Test
  void tagsFromAHeaderPurgeTheAnswer() {
    door.api().on("/from", Api.saying("X-Tags", "red, green blue"));
    purges("/from", "green");
  }

  @Test
  void tagsFromTheBodyPurgeTheAnswer() {
    door.api()
        .on(
            "/content",
            (request, n) ->
                Api.say(request, 200, "{\"items\":[{\"id\":17},{\"id\":\"x y\"}],\"id\":3}"));
    purges("/content", "17");
    purges("/content", "x y");
    door.gateway().purge(new Purge(new Purge.Scope.Tag("3"), true));
    assertThat(door.status("/content")).contains("hit");
  }

  @Test
  void tagsFromALargeBodyAreReadOnAWorkerAndPurgeTheAnswerAsWell() {
    String padding = " ".repeat(200_000);
    door.api()
        .on(
            "/content",
            (request, n) -> Api.say(request, 200, "{\"items\":[{\"id\":17}]" + padding + "}"));
    door.body("/content");
    await().untilAsserted(() -> assertThat(door.status("/content")).contains("hit"));
    purges("/content", "17");
  }

  private void purges(String path, String tag) {
    door.body(path);
    door.gateway().purge(new Purge(new Purge.Scope.Tag("another"), true));
    assertThat(door.status(path)).contains("hit");
    door.gateway().purge(new Purge(new Purge.Scope.Tag(tag), true));
    assertThat(door.status(path)).contains("reason=purged", "stored");
  }
}
