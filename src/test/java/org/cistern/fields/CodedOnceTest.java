package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coded form is made once for an answer, however the answer comes to its clients. */
class CodedOnceTest {

  private static final String RULES =
      """
      rules:
      - {id: all, path_pattern: /**, cache_ttl: 60, stale_if_error: 1h, write_policy: through}
      """;

  private static final Pattern CODINGS = Pattern.compile("cistern_codings_total ([0-9.]+)");
  private static final String TEXT = "text ".repeat(400);

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
    door.api().on("/a", (request, n) -> answer(request));
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private static void answer(HttpServerRequest request) {
    boolean holds = request.headers().contains("If-None-Match");
    String[] head = {"Content-Type", "text/plain", "ETag", "\"x\""};
    Api.say(request, holds ? 304 : 200, holds ? "" : TEXT, head);
  }

  private void askThreeTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(door.get("/a", "Accept-Encoding", "gzip").headers().firstValue("content-encoding"))
          .hasValue("gzip");
    }
  }

  private int codings() {
    Matcher found = CODINGS.matcher(door.gateway().metrics());
    assertThat(found.find()).isTrue();
    return (int) Double.parseDouble(found.group(1));
  }

  @Test
  void forAllToWhomItIsServedStale() {
    door.get("/a");
    door.get("/a", "Accept-Encoding", "gzip");
    door.api().on("/a", Api.saying(500));
    door.pass(Duration.ofSeconds(61));
    askThreeTimes();
    assertThat(codings()).isEqualTo(1);
  }

  @Test
  void forAllAfterA304() {
    door.get("/a");
    door.pass(Duration.ofSeconds(61));
    askThreeTimes();
    assertThat(codings()).isEqualTo(1);
  }

  @Test
  void forAllAfterTheDiskHadIt() {
    door.get("/a");
    door.restart();
    askThreeTimes();
    assertThat(codings()).isEqualTo(1);
  }
}
