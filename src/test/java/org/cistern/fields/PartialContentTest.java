package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that upstreams give (RFC 9111 sections 3.3 and 3.4). */
class PartialContentTest {

  private static final String RULES =
      """
      rules:
      - {id: large, path_pattern: /large/**, max_size: 12}
      - {id: all, path_pattern: /**}
      """;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  /** Serves ranges of the first {@code length} letters as any server does. */
  private static Api.Script letters(int length, String... headers) {
    return (request, number) -> {
      String range = request.getHeader("Range");
      for (int i = 0; i < headers.length; i += 2) {
        request.response().putHeader(headers[i], headers[i + 1]);
      }
      if (range == null) {
        request.response().end(LETTERS.substring(0, length));
      } else {
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        part(request.response(), Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), length);
      }
    };
  }

  private static void part(
      io.vertx.core.http.HttpServerResponse response, int from, int to, int length) {
    response
        .setStatusCode(206)
        .putHeader("Content-Range", "bytes " + from + "-" + to + "/" + length)
        .end(LETTERS.substring(from, to + 1));
  }

  /** Gives this part whatever is asked for. */
  private static Api.Script only(int from, int to, int length, String... headers) {
    return (request, number) -> {
      for (int i = 0; i < headers.length; i += 2) {
        request.response().putHeader(headers[i], headers[i + 1]);
      }
      part(request.response(), from, to, length);
    };
  }

  private static HttpResponse<String> range(String path, String range, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Range";
    headers[1] = "bytes=" + range;
    System.arraycopy(more, 0, headers, 2, more.length);
    return door.get(path, headers);
  }

  private static void hits(String path, String range, String body) {
    HttpResponse<String> answer = range(path, range);
    assertThat(GatewayUnderTest.status(answer)).contains("; hit");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body);
  }

  private static void misses(String path, String range, String... more) {
    assertThat(GatewayUnderTest.status(range(path, range, more))).contains("fwd=");
  }

  @Test
  @DisplayName("3.3 MAY: a part answers requests for ranges within it")
  void rangesWithinAPartOfWhatIsTooLargeAreHits() {
    door.api().on("/large/a", letters(26, "Cache-Control", "max-age=60", "ETag", "\"a\""));

    assertThat(range("/large/a", "0-9").statusCode()).isEqualTo(200);
    assertThat(range("/large/a", "0-9").body()).isEqualTo("abcdefghij");
    hits("/large/a", "2-4", "cde");
    assertThat(range("/large/a", "2-4").headers().firstValue("content-range"))
        .contains("bytes 2-4/26");
    misses("/large/a", "8-11");
    assertThat(door.get("/large/a").body()).isEqualTo(LETTERS);
  }

  @Test
  @DisplayName("3.4 MAY: parts with the same strong tag are put together, to the whole at last")
  void partsOfTheSameMakeTheWhole() {
    door.api().on("/parts", only(0, 4, 10, "Cache-Control", "max-age=60", "ETag", "\"a\""));
    misses("/parts", "0-4");
    hits("/parts", "1-4", "bcde");
    door.api().on("/parts", only(5, 9, 10, "Cache-Control", "max-age=60", "ETag", "\"a\""));
    misses("/parts", "5-9");

    assertThat(door.status("/parts")).contains("; hit");
    assertThat(door.body("/parts")).isEqualTo("abcdefghij");
    assertThat(door.api().count("/parts")).isEqualTo(2);
  }

  @Test
  @DisplayName("3.4 MUST: parts without the same strong tag are not put together")
  void partsOfAnotherAreNotPutTogether() {
    door.api().on("/weak", only(0, 4, 10, "Cache-Control", "max-age=60", "ETag", "W/\"a\""));
    misses("/weak", "0-4");
    door.api().on("/weak", only(5, 9, 10, "Cache-Control", "max-age=60", "ETag", "W/\"a\""));
    misses("/weak", "5-9");

    misses("/weak", "0-4");
    hits("/weak", "5-6", "fg");
  }

  @Test
  @DisplayName("3.3 MUST NOT: a part answers no request for the whole, and none for other ranges")
  void aPartIsNeverTakenForTheWhole() {
    door.api().on("/some", only(2, 5, 10, "Cache-Control", "max-age=60", "ETag", "\"a\""));
    misses("/some", "2-5");

    assertThat(door.status("/some")).contains("fwd=");
    misses("/some", "4-");
    misses("/some", "-2");
    misses("/some", "2-3,5-5");
    misses("/some", "2-3", "If-Range", "\"b\"");
    hits("/some", "2-3", "cd");
  }

  @Test
  void whatMayNotBeKeptWholeIsNotKeptInParts() {
    door.api().on("/private", only(2, 5, 10, "Cache-Control", "private, max-age=60"));
    door.api().on("/undated", only(2, 5, 10));
    door.api().on("/broken", only(2, 5, 4, "Cache-Control", "max-age=60"));
    for (String path : new String[] {"/private", "/undated", "/broken"}) {
      misses(path, "2-5");
      misses(path, "2-5");
    }
  }

  @Test
  void aWriteMakesThePartInvalid() {
    door.api().on("/written", only(2, 5, 10, "Cache-Control", "max-age=60", "ETag", "\"a\""));
    misses("/written", "2-5");
    hits("/written", "2-5", "cdef");

    door.send("DELETE", "/written");
    misses("/written", "2-5");
  }
}
