package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.cistern.http.HttpDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Date on everything that goes out (RFC 9110 section 6.6.1)")
class DateFieldTest {

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, "rules:\n- {id: all, path_pattern: /kept/**}\n");
    door.api().on("/kept/a", Api.saying("Cache-Control", "max-age=60", "ETag", "\"a\""));
    door.api().on("/kept/cut", (request, number) -> request.connection().close());
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static List<String> dates(HttpResponse<?> response) {
    return response.headers().allValues("date");
  }

  @Test
  void aResponseThatPassesWithoutOneGetsTheTimeAtWhichItCame() {
    assertThat(dates(door.get("/passing"))).hasSize(1);
    assertThat(HttpDate.parse(dates(door.get("/passing")).get(0))).isNotNull();
    assertThat(dates(door.send("HEAD", "/passing"))).hasSize(1);
  }

  @Test
  void theOriginsOwnStays() {
    String date = "Wed, 01 Jan 2020 00:00:00 GMT";
    door.api().on("/dated", Api.saying("Date", date));
    assertThat(dates(door.get("/dated"))).containsExactly(date);
  }

  @Test
  void missAndHitHaveOneEach() {
    assertThat(dates(door.get("/kept/b"))).hasSize(1);
    assertThat(dates(door.get("/kept/b"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/kept/a, If-Match, \"b\", 412",
    "/kept/a, Range, bytes=9-, 416",
    "/kept/a, If-None-Match, \"a\", 304",
    "/kept/none, Cache-Control, only-if-cached, 504",
    "/kept/cut, Accept, */*, 502",
    "/a/../b, Accept, */*, 400"
  })
  void ourOwnRepliesHaveOne(String path, String name, String value, int status) {
    door.get("/kept/a");
    String answer =
        door.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + name + ": " + value + "\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status).containsOnlyOnce("\r\ndate: ");
  }

  @Test
  void whatIsNotHttpGetsOneToo() {
    assertThat(door.raw("GET / HTTP/1.1\r\nHost: a\r\nHo st: b\r\n"))
        .startsWith("HTTP/1.1 400")
        .containsOnlyOnce("\r\ndate: ");
  }
}
