package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;
import org.junit.jupiter.api.Test;

class UrlVariationsTest {

  private final UrlVariations variations = new UrlVariations();

  private static Target path(String path) {
    return new Target("http", "example.org", path, null);
  }

  private static UrlVariation said(String line) {
    UrlVariation read = UrlVariation.parse(List.of(line));
    if (read == null) {
      throw new AssertionError(line);
    }
    return read;
  }

  @Test
  void whatWasSaidLastOfAPathCountsAndOfNoOther() {
    assertThat(variations.isEmpty()).isTrue();
    variations.learn(path("/a"), said("key-order"));
    variations.learn(path("/a"), said("params=(\"x\")"));

    assertThat(variations.isEmpty()).isFalse();
    assertThat(variations.of(path("/a"))).isEqualTo(said("params=(\"x\")"));
    assertThat(variations.of(path("/a/"))).isNull();
    assertThat(variations.of(new Target("https", "example.org", "/a", null))).isNull();
    assertThat(variations.of(new Target("http", "example.com", "/a", null))).isNull();
  }

  @Test
  void inventedPathsDoNotFillTheMemoryAndPushOutWhatIsNotAskedFor() {
    variations.learn(path("/used"), said("key-order"));
    variations.learn(path("/unused"), said("key-order"));
    int most = 0;
    for (int i = 0; i < 60_000; i++) {
      variations.learn(path("/invented/" + i), said("except=()"));
      assertThat(variations.of(path("/used"))).isEqualTo(said("key-order"));
      most = Math.max(most, variations.size());
    }
    assertThat(most).isLessThan(20_000);
    assertThat(variations.of(path("/unused"))).isNull();
  }

  @Test
  void longPathsCountForMore() {
    String name = "n".repeat(8000);
    for (int i = 0; i < 3_000; i++) {
      variations.learn(path("/" + name + i), said("params=(\"" + "p".repeat(900) + "\")"));
    }
    assertThat(variations.size()).isLessThan(700);
  }

  @Test
  void anOldWordIsNotBroughtBackOverANewOne() {
    variations.learn(path("/a"), said("key-order"));
    for (int i = 0; i < 10_000; i++) {
      variations.learn(path("/" + i), said("except=()"));
    }
    variations.learn(path("/a"), said("except=()"));
    assertThat(variations.of(path("/a"))).isEqualTo(said("except=()"));
  }
}
