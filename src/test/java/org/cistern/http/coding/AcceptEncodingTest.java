package org.cistern.http.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

  private static final List<Coding> OFFERED = List.of(Coding.ZSTD, Coding.BR, Coding.GZIP);

  @ParameterizedTest
  @CsvSource({
    "'gzip, deflate, br, zstd', ZSTD",
    "'gzip, deflate, br', BR",
    "'gzip, deflate', GZIP",
    "GZIP, GZIP",
    "x-gzip, GZIP",
    "'gzip;q=1.0, br;q=0.5', GZIP",
    "'gzip;q=0.5 , br ; Q=0.501', BR",
    "'', IDENTITY",
    "deflate, IDENTITY",
    "identity, IDENTITY",
    "'identity, gzip', GZIP",
    "'identity;q=1, gzip;q=0.9', IDENTITY",
    "'identity;q=0.5, gzip;q=0.9', GZIP",
    "*, ZSTD",
    "'*, zstd;q=0', BR",
    "'gzip, *;q=0', GZIP",
    "'gzip;q=0, identity;q=0, br;q=0.001', BR",
    "gzip;q=0, IDENTITY",
    "'gzip;q=0, gzip', IDENTITY",
    "'gzip;q=x, br;q=2, zstd;q=0.1234', IDENTITY",
    "'identity;q=x', IDENTITY",
    "'gzipped, brr, zst', IDENTITY",
    "'gzip;level=9', IDENTITY",
    "', ,gzip,', GZIP"
  })
  void theBestOfWhatIsOfferedIsChosen(String field, Coding coding) {
    assertThat(AcceptEncoding.choose(field, OFFERED)).isEqualTo(coding);
  }

  @Test
  void withoutTheFieldNothingIsCoded() {
    assertThat(AcceptEncoding.choose(null, OFFERED)).isEqualTo(Coding.IDENTITY);
  }

  @Test
  void nothingIsAcceptableWhereIdentityIsExcludedAndNoOtherMatches() {
    assertThat(AcceptEncoding.choose("identity;q=0", OFFERED)).isNull();
    assertThat(AcceptEncoding.choose("deflate, *;q=0", OFFERED)).isNull();
    assertThat(AcceptEncoding.choose("gzip, identity;q=0", List.of())).isNull();
    assertThat(AcceptEncoding.choose("*;q=0, identity", OFFERED)).isEqualTo(Coding.IDENTITY);
  }

  @Property
  void noTextMakesItThrow(@ForAll String field) {
    assertThatNoException().isThrownBy(() -> AcceptEncoding.choose(field, OFFERED));
  }

  @Property
  void nothingAcceptableWeighsMoreThanWhatIsChosen(
      @ForAll("weights") Map<String, Integer> weights) {
    String field =
        weights.entrySet().stream()
            .map(e -> e.getKey() + ";q=" + e.getValue() / 10 + "." + e.getValue() % 10)
            .collect(Collectors.joining(", "));
    Coding chosen = AcceptEncoding.choose(field, OFFERED);

    int best = OFFERED.stream().mapToInt(c -> weight(weights, c)).max().orElseThrow();
    int identity = weight(weights, Coding.IDENTITY);
    if (chosen == null) {
      assertThat(Math.max(best, identity)).isZero();
    } else if (chosen == Coding.IDENTITY) {
      assertThat(best).isLessThanOrEqualTo(Math.max(0, identity));
    } else {
      assertThat(weight(weights, chosen)).isEqualTo(best).isGreaterThanOrEqualTo(identity);
    }
  }

  private static int weight(Map<String, Integer> weights, Coding coding) {
    int unsaid = coding == Coding.IDENTITY ? -1 : 0;
    return weights.getOrDefault(coding.token(), weights.getOrDefault("*", unsaid));
  }

  @Provide
  Arbitrary<Map<String, Integer>> weights() {
    return Arbitraries.maps(
            Arbitraries.of("gzip", "br", "zstd", "identity", "*", "deflate"),
            Arbitraries.integers().between(0, 10))
        .map(LinkedHashMap::new);
  }
}
