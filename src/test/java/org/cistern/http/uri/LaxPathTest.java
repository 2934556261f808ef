package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaxPathTest {

  @Test
  void anOrdinaryPathIsTheSameString() {
    String path = "/a/b.c/";
    assertThat(LaxPath.of(path)).isSameAs(path);
  }

  @ParameterizedTest
  @CsvSource({
    "//a, /a",
    "/a//b///, /a/b/",
    "/a;v=1/b, /a/b",
    "/a;v=1;w/b;, /a/b",
    "/;x/a, /a",
    "/a%2Fb, /a/b",
    "/a%2F/b, /a/b",
    "/a;%2Fb, /a/b",
    "/a%3B.css, /a",
    "/a%3Bv=1%2Fb, /a/b"
  })
  void parametersGoAndSlashesAreOne(String path, String lax) {
    assertThat(LaxPath.of(path)).isEqualTo(lax);
  }

  @ParameterizedTest
  @CsvSource({"/a, /a", "/a/, /a", "/a//, /a", "/a%2F, /a", "/a/;v=1, /a", "/, /", "//, /"})
  void theSlashAtTheEndMayGoToo(String path, String lax) {
    assertThat(LaxPath.withoutEndSlash(path)).isEqualTo(lax);
  }
}
