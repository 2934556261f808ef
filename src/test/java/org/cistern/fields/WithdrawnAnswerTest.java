package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stored answer after the origin has said something newer that is not for the store. */
class WithdrawnAnswerTest {

  private static final String[] RELOAD = {"Cache-Control", "no-cache"};

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, "rules:\n- {id: all, path_pattern: /**}\n");
    door.api().on("/a", Api.saying("Cache-Control", "max-age=100"));
    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource({"404, no-store", "200, private", "200, no-store", "410, no-cache", "404, public"})
  void isNotServedAgain(int status, String directive) {
    door.api().on("/a", Api.saying(status, "Cache-Control", directive));
    assertThat(door.body("/a", RELOAD)).isEqualTo("v2");

    assertThat(door.body("/a")).isEqualTo("v3");
  }

  @Test
  void doesNotStandInForALaterError() {
    door.pass(Duration.ofSeconds(101));
    door.api().on("/a", Api.saying(410, "Cache-Control", "no-store"));
    assertThat(door.body("/a")).isEqualTo("v2");
    door.api().on("/a", Api.saying(503));

    assertThat(door.get("/a").statusCode()).isEqualTo(503);
  }

  @Test
  void staysForTheOthersWhereTheNewerOneIsForSomebodyWhoGaveAName() {
    door.api().on("/a", Api.saying("Cache-Control", "private"));
    assertThat(door.body("/a", "Cache-Control", "no-cache", "Cookie", "sid=1")).isEqualTo("v2");

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @Test
  void staysWhereTheNewerOneIsAnError() {
    door.api().on("/a", Api.saying(500, "Cache-Control", "no-store"));
    door.body("/a", RELOAD);

    assertThat(door.body("/a")).isEqualTo("v1");
  }
}
