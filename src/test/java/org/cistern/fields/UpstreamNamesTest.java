package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream that names, in its responses, what is its own by the URL that it was asked under. */
class UpstreamNamesTest {

  private static final String RULES =
      """
      rules:
      - {id: second, path_pattern: /other/**, methods: [GET, POST], upstream: other, strategy: none}
      - {id: all, path_pattern: /**, cache_ttl: 60}
      """;

  private Api other;
  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    other = Api.start();
    door = new Door(folder, RULES, "CISTERN_UPSTREAM_OTHER_URL", other.url());
    assertThat(door.body("/l2")).isEqualTo("v1");
  }

  @AfterEach
  void stop() {
    door.close();
    other.close();
  }

  private String own(String path) {
    return door.api().url() + path;
  }

  private void post(String path) {
    assertThat(door.gateway().send("POST", path, "a=1").statusCode()).isBetween(200, 299);
  }

  @Test
  void whatItsLocationNamesIsLost() {
    door.api().on("/l1", Api.saying(201, "Location", own("/l2")));
    post("/l1");
    assertThat(door.body("/l2")).isEqualTo("v2");
  }

  @Test
  void soItIsWhereItWasToldTheHostOfTheClient() {
    door.restart("CISTERN_UPSTREAM_HOST", "client");
    String body = door.body("/l2");
    door.api().on("/l1", Api.saying(201, "Location", own("/l2")));
    post("/l1");
    assertThat(door.body("/l2")).isNotEqualTo(body);
  }

  @Test
  void anAnswerToAPostThatNamesItsTargetSoIsKeptForGet() {
    door.api().on("/p", Api.saying("Content-Location", own("/p"), "Cache-Control", "max-age=60"));
    post("/p");
    assertThat(door.get("/p").headers().firstValue("Content-Location")).contains(own("/p"));
    assertThat(door.api().count("/p")).isEqualTo(1);
  }

  @Test
  void theBasePathOfItsUrlIsTakenOffAndWhatIsOutsideOfItIsNotTheClients() {
    door.restart("CISTERN_UPSTREAM_URL", own("/v1"));
    assertThat(door.body("/a")).isEqualTo("v1");
    door.api().on("/v1/outside", Api.saying(201, "Location", own("/a")));
    post("/outside");
    assertThat(door.body("/a")).isEqualTo("v1");
    door.api().on("/v1/within", Api.saying(201, "Location", own("/v1/a")));
    post("/within");
    assertThat(door.body("/a")).isEqualTo("v2");
  }

  @Test
  void nobodySpeaksForAnotherUpstream() {
    other.on("/other/a", Api.saying(201, "Location", own("/l2")));
    door.api().on("/b", Api.saying(201, "Location", other.url() + "/l2"));
    post("/other/a");
    post("/b");
    assertThat(door.body("/l2")).isEqualTo("v1");
    assertThat(other.count("/other/a")).isEqualTo(1);
  }
}
