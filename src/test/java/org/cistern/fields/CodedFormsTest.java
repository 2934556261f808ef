package org.cistern.fields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coded form of an answer beside its identity form: two forms, two tags, one resource. */
class CodedFormsTest {

  private static final String RULES =
      """
      rules:
      - {id: rest, path_pattern: /**, cache_ttl: 1m, cookies: {ignore: all}}
      """;

  private static final String TEXT = "text ".repeat(400);

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CACHE_L3_ENABLED", "false");
    door.api().on("/a", (request, n) -> text(request, TEXT, "ETag", "\"x\""));
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private static void text(HttpServerRequest request, String body, String... headers) {
    // A server of this kind says no length to a HEAD by itself.
    request
        .response()
        .putHeader("Content-Type", "text/plain")
        .putHeader("Content-Length", String.valueOf(body.length()));
    Api.say(request, 200, body, headers);
  }

  private static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void code(String path) {
    await()
        .untilAsserted(
            () ->
                assertThat(field(door.get(path, "Accept-Encoding", "gzip"), "ETag"))
                    .isEqualTo("\"x;gzip\""));
  }

  @Test
  void bothFormsAndTheMissSayThatThereAreTwo() {
    HttpResponse<String> miss = door.get("/a");
    assertThat(field(miss, "Cache-Status")).contains("stored");
    assertThat(field(miss, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(field(door.get("/a"), "Vary")).isEqualTo("Accept-Encoding");
    code("/a");
    assertThat(field(door.get("/a", "Accept-Encoding", "gzip"), "Vary"))
        .isEqualTo("Accept-Encoding");
  }

  @Test
  void aClientIsToldThatItsFormStillHoldsByTheTagOfThatForm() {
    code("/a");
    HttpResponse<String> coded =
        door.get("/a", "Accept-Encoding", "gzip", "If-None-Match", "\"x;gzip\"");
    assertThat(coded.statusCode()).isEqualTo(304);
    assertThat(field(coded, "ETag")).isEqualTo("\"x;gzip\"");

    HttpResponse<String> plain = door.get("/a", "If-None-Match", "\"x\"");
    assertThat(plain.statusCode()).isEqualTo(304);
    assertThat(field(plain, "ETag")).isEqualTo("\"x\"");
  }

  @Test
  void aClientThatPrefersZstdGetsItBesideTheOneThatLeavesItOpen() {
    await()
        .untilAsserted(
            () ->
                assertThat(field(door.get("/a", "Accept-Encoding", "gzip;q=0.5, zstd"), "ETag"))
                    .isEqualTo("\"x;zstd\""));
    HttpResponse<String> zstd = door.get("/a", "Accept-Encoding", "zstd");
    assertThat(field(zstd, "Content-Encoding")).isEqualTo("zstd");
    assertThat(field(zstd, "Vary")).isEqualTo("Accept-Encoding");
    code("/a");
    assertThat(field(door.get("/a", "Accept-Encoding", "zstd, br, gzip"), "ETag"))
        .isEqualTo("\"x;gzip\"");

    HttpResponse<String> known = door.get("/a", "If-None-Match", "\"y;gzip\", \"x;zstd\"");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(field(known, "ETag")).isEqualTo("\"x;zstd\"");
  }

  @Test
  void zstdIsReadAgainAsItWas() throws Exception {
    door.get("/a");
    await()
        .untilAsserted(
            () ->
                assertThat(field(door.get("/a", "Accept-Encoding", "zstd"), "Content-Encoding"))
                    .isEqualTo("zstd"));
    HttpRequest request =
        HttpRequest.newBuilder(door.gateway().uri("/a")).header("Accept-Encoding", "zstd").build();
    byte[] coded =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    assertThat(new String(Zstd.decompress(coded, TEXT.length()), UTF_8)).isEqualTo(TEXT);
  }

  @Test
  void everyLineOfAConditionCounts() {
    code("/a");
    HttpResponse<String> second =
        door.get("/a", "If-None-Match", "\"y;gzip\"", "If-None-Match", "\"z\", \"x;gzip\"");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(field(second, "ETag")).isEqualTo("\"x;gzip\"");
    assertThat(door.get("/a", "If-None-Match", "\"y;gzip\"", "If-None-Match", "\"z\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aMissIsToldOfInTheSameWay() {
    HttpResponse<String> first = door.get("/a", "If-None-Match", "\"x;gzip\"");
    assertThat(first.statusCode()).isEqualTo(304);
    assertThat(field(first, "ETag")).isEqualTo("\"x;gzip\"");
  }

  @Test
  void ifMatchKnowsTheTagOfTheCodedForm() {
    code("/a");
    assertThat(door.get("/a", "If-Match", "\"x;gzip\"").statusCode()).isEqualTo(200);
    assertThat(door.get("/a", "If-Match", "\"y;gzip\"").statusCode()).isEqualTo(412);
  }

  @Test
  void theUpstreamIsToldOfTheTagThatItKnows() {
    door.send("PUT", "/a", "If-Match", "\"x;gzip\"");
    assertThat(door.api().seen().get(0).headers().getAll("If-Match"))
        .containsExactly("\"x;gzip\"", "\"x\"");
  }

  @Test
  void whoResumesACodedFormGetsTheWholeAndNotPartsOfAnother() {
    code("/a");
    HttpResponse<String> resumed = door.get("/a", "Range", "bytes=5-9", "If-Range", "\"x;gzip\"");
    assertThat(resumed.statusCode()).isEqualTo(200);
    assertThat(resumed.body()).isEqualTo(TEXT);

    HttpResponse<String> part = door.get("/a", "Range", "bytes=5-9", "If-Range", "\"x\"");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("text ");
  }

  @Test
  void aDateDoesNotTellWhichFormIsResumedSoTheWholeIsSent() {
    String old = "Wed, 01 Jan 2020 00:00:00 GMT";
    door.api()
        .on("/dated", (request, n) -> text(request, TEXT, "ETag", "\"x\"", "Last-Modified", old));
    code("/dated");
    HttpResponse<String> resumed = door.get("/dated", "Range", "bytes=5-9", "If-Range", old);
    assertThat(resumed.statusCode()).isEqualTo(200);
    assertThat(resumed.body()).isEqualTo(TEXT);
  }

  @Test
  void aDateTellsEnoughWhereThereIsOneFormOnly() {
    String old = "Wed, 01 Jan 2020 00:00:00 GMT";
    door.api().on("/small", (request, n) -> text(request, "0123456789", "Last-Modified", old));
    door.get("/small");
    assertThat(door.get("/small", "Range", "bytes=5-9", "If-Range", old).body()).isEqualTo("56789");
  }

  @Test
  void noDigestOfTheIdentityFormGoesOutWithTheCodedOneOrAPart() {
    door.api()
        .on(
            "/sum",
            (request, n) ->
                text(
                    request,
                    TEXT,
                    "ETag",
                    "\"x\"",
                    "Content-Digest",
                    "sha-256=:AA==:",
                    "Repr-Digest",
                    "sha-256=:AA==:",
                    "Digest",
                    "sha-256=AA==",
                    "Content-MD5",
                    "AA=="));
    code("/sum");
    assertThat(digests(door.get("/sum", "Accept-Encoding", "gzip"))).isEmpty();
    assertThat(digests(door.get("/sum", "If-None-Match", "\"x;gzip\""))).isEmpty();
    assertThat(digests(door.get("/sum", "Range", "bytes=0-4")))
        .containsExactly("digest", "repr-digest");
    assertThat(digests(door.get("/sum"))).hasSize(4);
  }

  private static List<String> digests(HttpResponse<?> response) {
    return Stream.of("content-digest", "content-md5", "digest", "repr-digest")
        .filter(name -> response.headers().firstValue(name).isPresent())
        .toList();
  }

  /** An origin that codes by itself says another length to a HEAD that accepts it. */
  @Test
  void aHeadAsksForTheFormThatIsStored() {
    door.api()
        .on(
            "/self",
            (request, n) -> {
              boolean codes = request.headers().contains("Accept-Encoding");
              text(request, codes ? "coded" : TEXT, "ETag", "\"x\"");
            });
    assertThat(door.status("/self")).contains("stored");
    door.pass(Duration.ofSeconds(61));

    HttpResponse<String> head = door.send("HEAD", "/self", "Accept-Encoding", "gzip");

    assertThat(field(head, "Content-Length")).isEqualTo(String.valueOf(TEXT.length()));
    assertThat(door.status("/self")).contains("hit");
  }

  @Test
  void aHeadThatSpeaksOfAnotherRepresentationForgetsNoOtherVariant() {
    door.api()
        .on(
            "/languages",
            (request, n) -> {
              boolean grown = request.method().name().equals("HEAD");
              text(request, grown ? TEXT + "more" : TEXT, "Vary", "X-Kind");
            });
    door.get("/languages", "X-Kind", "a");
    door.get("/languages", "X-Kind", "b");
    door.send("HEAD", "/languages", "X-Kind", "a", "Cache-Control", "no-cache");

    assertThat(door.status("/languages", "X-Kind", "b")).contains("hit");
    assertThat(door.status("/languages", "X-Kind", "a")).contains("fwd=");
  }

  @Test
  void aMissOfAVariantIsToldFromAMissOfTheUri() {
    door.api().on("/kinds", Api.saying("Vary", "X-Kind"));

    assertThat(door.status("/kinds", "X-Kind", "a")).contains("fwd=uri-miss", "reason=cold");
    assertThat(door.status("/kinds", "X-Kind", "b")).contains("fwd=vary-miss", "reason=variant");
    assertThat(door.status("/kinds", "X-Kind", "a")).contains("hit");
  }
}
