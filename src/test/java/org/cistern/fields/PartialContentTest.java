package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServerRequest;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(range("/large/a", "0-9").body()).isEqualTo("abcdefghij");
    hits("/large/a", "2-4", "cde");
    assertThat(range("/large/a", "2-4").headers().firstValue("content-range"))
        .contains("bytes 2-4/26");
    misses("/large/a", "8-11");
    assertThat(door.get("/large/a").body()).isEqualTo(LETTERS);
  }

  @Test
  void whoResumesWhatIsTooLargeToBeKeptGetsTheRestEachTime() {
    door.api().on("/large/resumed", letters(26, "Cache-Control", "max-age=60", "ETag", "\"a\""));
    for (int first = 20; first < 23; first++) {
      HttpResponse<String> rest = range("/large/resumed", first + "-25", "If-Range", "\"a\"");
      assertThat(rest.statusCode()).isEqualTo(206);
      assertThat(rest.body()).isEqualTo(LETTERS.substring(first));
    }
  }

  @Test
  void anOriginThatGivesNoRangesIsNotAskedTwice() {
    door.api()
        .on(
            "/large/whole",
            (request, number) -> Api.say(request, 200, LETTERS, "Accept-Ranges", "none"));
    assertThat(range("/large/whole", "20-25").body()).isEqualTo("uvwxyz");
    assertThat(door.api().count("/large/whole")).isEqualTo(1);
  }

  @Test
  void theEndOfWhatWasSentShortAnswersASuffix() {
    door.api()
        .on(
            "/short",
            (request, number) ->
                Api.say(
                    request,
                    206,
                    "01234",
                    "Cache-Control",
                    "max-age=60",
                    "Content-Range",
                    "bytes 4-9/10"));
    misses("/short", "-5");
    hits("/short", "-1", "4");
    hits("/short", "6-8", "234");
    assertThat(range("/short", "-1").headers().firstValue("content-range"))
        .contains("bytes 8-8/10");
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

  /** A large content as a server has it that knows If-Range and leaves out what is known then. */
  private static Api.Script tagged(String tag) {
    return (request, number) -> {
      request.response().putHeader("ETag", tag).putHeader("Cache-Control", "max-age=60");
      String condition = request.getHeader("If-Range");
      if (condition == null) {
        request.response().putHeader("Content-Type", "text/plain");
      }
      boolean applies = condition == null || condition.equals(tag);
      String range = applies ? request.getHeader("Range") : null;
      if (range == null) {
        request.response().end(LETTERS);
      } else {
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int last = ends[1].isEmpty() ? 25 : Integer.parseInt(ends[1]);
        part(request.response(), Integer.parseInt(ends[0]), last, 26);
      }
    };
  }

  /** Has memory keep a part of what is too large to be kept whole. */
  private static void keepPart(String path, String range, Api.Script script) {
    door.api().on(path, script);
    misses(path, range);
    assertThat(GatewayUnderTest.status(range(path, range))).contains("; hit");
  }

  private static String asked(String path, String field) {
    List<HttpServerRequest> seen =
        door.api().seen().stream().filter(request -> path.equals(request.path())).toList();
    return String.valueOf(seen.get(seen.size() - 1).getHeader(field));
  }

  @ParameterizedTest
  @CsvSource({"5-12, 10-12", "9-9, ''", "0-5, 0-4", "8-, 10-25"})
  @DisplayName("3.4 MAY: what is missing of a range is fetched with If-Range and combined")
  void theRestOfARangeIsFetched(String wanted, String missing) {
    String path = "/large/rest" + wanted;
    keepPart(path, "5-9", tagged("\"a\""));
    HttpResponse<String> answer = range(path, wanted);

    String[] ends = wanted.split("-", -1);
    int last = ends[1].isEmpty() ? 25 : Integer.parseInt(ends[1]);
    String body = LETTERS.substring(Integer.parseInt(ends[0]), last + 1);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().allValues("content-range"))
        .containsExactly("bytes " + ends[0] + "-" + last + "/26");
    assertThat(answer.headers().allValues("content-length"))
        .containsExactly(String.valueOf(body.length()));
    assertThat(answer.headers().allValues("content-type")).containsExactly("text/plain");
    if (!missing.isEmpty()) {
      assertThat(GatewayUnderTest.status(answer)).contains("fwd=partial", "reason=remainder");
      assertThat(asked(path, "Range")).isEqualTo("bytes=" + missing);
      assertThat(asked(path, "If-Range")).isEqualTo("\"a\"");
    }
  }

  @Test
  @DisplayName("3.4 MAY: what was combined is kept as one part")
  void whatWasFetchedIsKeptWithThePart() {
    keepPart("/large/kept", "0-4", tagged("\"a\""));
    misses("/large/kept", "3-8");
    hits("/large/kept", "0-8", "abcdefghi");
    assertThat(range("/large/kept", "2-7").headers().allValues("content-type"))
        .containsExactly("text/plain");
  }

  @Test
  @DisplayName("3.4 MAY: the fetch says that a stale part holds")
  void aStalePartIsCompletedToo() {
    keepPart("/large/stale", "0-4", tagged("\"a\""));
    door.pass(Duration.ofSeconds(90));
    HttpResponse<String> answer = range("/large/stale", "3-8");
    assertThat(GatewayUnderTest.status(answer)).contains("fwd=partial");
    assertThat(answer.body()).isEqualTo("defghi");
  }

  @Test
  @DisplayName("3.4 MUST: where the content is another one nothing is combined")
  void aChangedContentComesWhole() {
    keepPart("/large/changed", "0-4", tagged("\"a\""));
    door.api().on("/large/changed", tagged("\"b\""));
    HttpResponse<String> answer = range("/large/changed", "3-8");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(LETTERS);
  }

  @Test
  @DisplayName("3.4 MUST: a 206 of another content, range or coding is not combined")
  void whatIsNotTheRestIsAskedForAsTheClientDid() {
    keepPart("/large/odd", "0-4", tagged("\"a\""));
    for (String[] odd :
        new String[][] {
          {"ETag", "\"b\""}, {"ETag", "\"a\"", "Content-Encoding", "gzip"}, {"X", "no tag"}
        }) {
      door.api()
          .on(
              "/large/odd",
              (request, number) -> {
                boolean rest = request.getHeader("If-Range") != null;
                if (rest) {
                  only(5, 8, 26, odd).answer(request, number);
                } else {
                  only(3, 8, 26, "ETag", "\"c\"").answer(request, number);
                }
              });
      HttpResponse<String> answer = range("/large/odd", "3-8");
      assertThat(answer.body()).isEqualTo("defghi");
      assertThat(answer.headers().allValues("etag")).containsExactly("\"c\"");
      assertThat(GatewayUnderTest.status(answer)).doesNotContain("partial");
    }
  }

  @Test
  void anErrorInPlaceOfTheRestIsTheClientsAnswer() {
    keepPart("/large/error", "0-4", tagged("\"a\""));
    door.api().on("/large/error", Api.saying(503));
    assertThat(range("/large/error", "3-8").statusCode()).isEqualTo(503);
  }

  @Test
  void aRestThatIsCutIsNoAnswer() {
    keepPart("/large/cut", "0-4", tagged("\"a\""));
    door.api()
        .on(
            "/large/cut",
            (request, number) -> {
              request
                  .response()
                  .setStatusCode(206)
                  .putHeader("ETag", "\"a\"")
                  .putHeader("Content-Range", "bytes 5-8/26")
                  .putHeader("Content-Length", "4")
                  .write("fg")
                  .onComplete(written -> request.connection().close());
            });
    assertThatThrownBy(() -> range("/large/cut", "3-8")).isInstanceOf(UncheckedIOException.class);
    door.api().on("/large/cut", tagged("\"a\""));
    assertThat(range("/large/cut", "3-8").body()).isEqualTo("defghi");
  }

  @Test
  void aPartOfWeakTagIsNotCompleted() {
    keepPart("/large/weak", "0-4", tagged("W/\"a\""));
    misses("/large/weak", "3-8");
    assertThat(asked("/large/weak", "Range")).isEqualTo("bytes=3-8");
  }

  @Test
  void aWriteLeavesNothingToComplete() {
    keepPart("/large/gone", "0-4", tagged("\"a\""));
    door.send("DELETE", "/large/gone");
    range("/large/gone", "3-8");
    assertThat(asked("/large/gone", "If-Range")).isEqualTo("null");
  }

  /** Sends the first letters with the head and the others when it is told to. */
  private static Api.Script slowly(int first, CompletableFuture<Void> rest) {
    return (request, number) -> {
      request.response().putHeader("Cache-Control", "max-age=60").putHeader("Content-Length", "26");
      request.response().write(LETTERS.substring(0, first));
      rest.thenRun(() -> request.response().end(LETTERS.substring(first)));
    };
  }

  @Test
  void aRangeIsCutOutOfWhatIsStillComingAndTheWholeIsKept() {
    CompletableFuture<Void> rest = new CompletableFuture<>();
    door.api().on("/slow/part", slowly(5, rest));

    HttpResponse<String> part = range("/slow/part", "2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("content-range")).contains("bytes 2-4/26");
    assertThat(part.body()).isEqualTo("cde");

    rest.complete(null);
    assertThat(door.get("/slow/part").body()).isEqualTo(LETTERS);
    hits("/slow/part", "24-25", "yz");
  }

  @Test
  void aRangeBehindTheEndOfWhatIsStillComingIsRefusedBeforeItIsHere() {
    CompletableFuture<Void> rest = new CompletableFuture<>();
    door.api().on("/slow/beyond", slowly(5, rest));

    HttpResponse<String> refusal = range("/slow/beyond", "30-40");
    assertThat(refusal.statusCode()).isEqualTo(416);
    assertThat(refusal.headers().firstValue("content-range")).contains("bytes */26");
    rest.complete(null);
  }
}
