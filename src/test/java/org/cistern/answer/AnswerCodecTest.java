package org.cistern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.cistern.answer.Decoded.Flaw;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.cistern.tier.ZstdCompression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerCodecTest {

  private static final Instant THEN = Instant.parse("2026-03-01T10:15:30.123456789Z");

  private final AnswerCodec codec = new AnswerCodec(new ZstdCompression());

  @Property(tries = 500)
  void whateverIsWrittenIsReadBack(@ForAll("answers") Answer answer) {
    assertSame(codec.decode(codec.encode(answer)).answer(), answer);
  }

  @Property(tries = 300)
  void randomBytesAreNeverAnAnswerAndNeverAnError(@ForAll @Size(max = 200) byte[] bytes) {
    assertThat(codec.decode(bytes).answer()).isNull();
  }

  @Property(tries = 1000)
  void nothingThatPassesTheChecksumMakesTheReaderThrow(
      @ForAll("answers") Answer answer, @ForAll int where, @ForAll byte what) {
    byte[] value = codec.encode(answer);
    int at = 5 + Math.floorMod(where, value.length - 5);
    value[at] ^= what;
    Decoded decoded = codec.decode(resealed(value));
    assertThat(decoded.answer() == null).isNotEqualTo(decoded.flaw() == null);
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (String text : List.of("short", "long enough to be packed, ".repeat(200))) {
      byte[] value = codec.encode(answer(text, "text/plain"));
      for (int bit = 0; bit < value.length * 8; bit++) {
        value[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(codec.decode(value).answer()).as("bit %d", bit).isNull();
        value[bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertThat(codec.decode(value).answer()).isNotNull();
    }
  }

  @Test
  void everyCutIsNoticed() {
    byte[] value = codec.encode(answer("some body", "text/plain"));
    for (int length = 0; length < value.length; length++) {
      assertThat(codec.decode(Arrays.copyOf(value, length)).flaw()).isEqualTo(Flaw.DAMAGED);
    }
    assertThat(codec.decode(Arrays.copyOf(value, value.length + 1)).flaw()).isEqualTo(Flaw.DAMAGED);
  }

  @Test
  void anotherVersionIsForeignAndNotDamaged() {
    byte[] value = codec.encode(answer("some body", "text/plain"));
    value[4]++;
    assertThat(codec.decode(value).flaw()).isEqualTo(Flaw.FOREIGN);
  }

  @Test
  void aPackingThatCannotBeUndoneIsForeign() {
    byte[] value = codec.encode(answer("to be packed ".repeat(1000), "text/plain"));
    assertThat(new AnswerCodec(BodyCompression.NONE).decode(value).flaw()).isEqualTo(Flaw.FOREIGN);
  }

  @Test
  void aPackedBodyThatIsNoneIsForeignAndNoError() {
    byte[] value = codec.encode(answer("to be packed ".repeat(1000), "text/plain"));
    Arrays.fill(value, value.length - 20, value.length, (byte) 0xFF);
    assertThat(codec.decode(resealed(value)).flaw()).isEqualTo(Flaw.FOREIGN);
  }

  @Test
  void bodiesArePackedOnlyWhereItPays() {
    String text = "the same again ".repeat(1000);
    assertThat(codec.encode(answer(text, "application/json"))).hasSizeLessThan(2000);
    assertThat(codec.encode(answer(text, "image/png"))).hasSizeGreaterThan(text.length());
    assertThat(codec.encode(answer(text, "image/svg+xml"))).hasSizeLessThan(2000);
    Answer coded = answer(text, "application/json", "Content-Encoding", "br");
    assertThat(codec.encode(coded)).hasSizeGreaterThan(text.length());
  }

  @Test
  void aClaimOfAHugeBodyIsRefusedBeforeAnythingIsAllocated() {
    byte[] value = codec.encode(answer("to be packed ".repeat(1000), "text/plain"));
    for (int claimed : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 17 << 20}) {
      ByteBuffer.wrap(value).putInt(12, claimed);
      assertThat(codec.decode(resealed(value)).answer()).isNull();
    }
  }

  /** Gives altered bytes a right checksum, as somebody who means harm would. */
  private static byte[] resealed(byte[] value) {
    CRC32C sum = new CRC32C();
    sum.update(value, 0, 20);
    sum.update(value, 24, value.length - 24);
    ByteBuffer.wrap(value).putInt(20, (int) sum.getValue());
    return value;
  }

  private static Answer answer(String body, String type, String... more) {
    Headers.Builder headers = Headers.builder().add("Content-Type", type);
    Headers.of(more).each(headers::add);
    return answer(
        headers.build(), body.getBytes(StandardCharsets.UTF_8), Set.of("a", "b"), null, THEN);
  }

  private static Answer answer(
      Headers headers, byte[] body, Set<String> tags, @Nullable String owner, Instant expires) {
    return new Answer(
        new Target("https", "example.org", "/a/b", owner),
        "GET",
        200,
        headers,
        Body.of(body),
        THEN,
        THEN.plusMillis(3),
        Headers.of("accept-language", "de"),
        List.of("accept-language", "x-kind"),
        tags,
        "rule",
        owner,
        expires,
        new Position(-5, 7));
  }

  @Provide
  Arbitrary<Answer> answers() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(12);
    Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<Headers> headers = texts.list().ofMaxSize(6).map(list -> paired(list));
    return Combinators.combine(
            headers,
            bodies,
            texts.set().ofMaxSize(4),
            texts.injectNull(0.5),
            Arbitraries.longs().between(-31557014167219200L, 31556889864403199L))
        .as(
            (lines, body, tags, owner, seconds) ->
                answer(lines, body, tags, owner, Instant.ofEpochSecond(seconds, 5)));
  }

  private static Headers paired(List<String> texts) {
    return Headers.of(texts.subList(0, texts.size() & ~1).toArray(new String[0]));
  }

  private static void assertSame(@Nullable Answer read, Answer written) {
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Arrays.equals(a.bytes(), b.bytes()), Body.class)
        .isEqualTo(written);
  }
}
