package org.cistern.upstream.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlsTest {

  @Test
  void oneOrSeveralInstancesAreRead() {
    assertThat(
            UpstreamUrls.parse(
                "X", " http://api:8080/v1/, HTTPS://Api_2.example  http://[::1]:81 "))
        .containsExactly(
            new Instance(false, "api", 8080, "/v1"),
            new Instance(true, "api_2.example", 443, ""),
            new Instance(false, "::1", 81, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api:8080",
        "ftp://api",
        "http://",
        "http://user:pw@api",
        "http://api/?q=1",
        "http://api:70000",
        "http://api:0",
        ",http://b",
        "http://a b"
      })
  void anythingElseIsRefusedWithASentence(String value) {
    assertThatThrownBy(() -> UpstreamUrls.parse("CISTERN_UPSTREAM_URL", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("CISTERN_UPSTREAM_URL: \"")
        .hasMessageContaining("http(s)://host[:port][/path]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@api",
        "http://a,https://user:s3,cret@api",
        "https://user:s3/cret@ok@api/v1"
      })
  void aPasswordIsInNoSentence(String value) {
    assertThatThrownBy(() -> UpstreamUrls.parse("X", value))
        .hasMessageStartingWith("X: \"http")
        .hasMessageContaining("***@api")
        .hasMessageNotContaining("s3")
        .hasMessageNotContaining("cret");
  }

  @Test
  void anInstanceIsShownAsItsUrl() {
    assertThat(new Instance(true, "::1", 443, "/v1")).hasToString("https://[::1]/v1");
    assertThat(new Instance(false, "api", 8080, "").authority()).isEqualTo("api:8080");
    assertThat(new Instance(false, "10.0.0.1", 80, "").isAddress()).isTrue();
  }
}
