package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetParser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("References of Location and Content-Location (RFC 3986 section 5)")
class ReferenceTest {

  private static final Target BASE =
      new Target("https", "api.example.org", "/a/b/c", "q={\"x\"|y}");

  private static final Set<Target> UNDER =
      Set.of(
          new Target("http", "10.0.0.1:8080", "/v1", null),
          new Target("http", "inner.example", "/", null));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "/x|y /x%7Cy",
        "/{id}/^ /%7Bid%7D/%5E",
        "/x?f={\"a\"|b}^ /x?f={\"a\"|b}^",
        "/%7euser /~user",
        "/a%2fb /a%2Fb",
        "/a%3ab /a%3Ab",
        "d /a/b/d",
        "./d /a/b/d",
        "../d /a/d",
        "../../../d /d",
        ".. /a/",
        ". /a/b/",
        "../.. /",
        "d/./e/../f /a/b/d/f",
        "/%2e%2E/d /d",
        "//api.example.org//x //x",
        "/x//y /x//y",
        "//api.example.org/x /x",
        "HTTPS://API.example.org:443/x /x",
        "https://api.example.org./x /x",
        "https://api.example.org /",
        "https://api.example.org?r /?r",
        "/x#part /x",
        "?r=2 /a/b/c?r=2",
        "#part /a/b/c?q={\"x\"|y}",
      })
  @DisplayName("are what a request for them would have as its target")
  void haveTheGatewaysNormalForm(String reference, String pathAndQuery) {
    Target target = Objects.requireNonNull(Reference.resolve(BASE, reference));
    assertThat(target.pathAndQuery()).isEqualTo(pathAndQuery);
    assertThat(Reference.sameOrigin(BASE, target)).isTrue();
    assertThat(TargetParser.parse("GET", "https", "api.example.org", pathAndQuery))
        .isEqualTo(target);
  }

  @Test
  @DisplayName("mean the response's own target where they are empty")
  void anEmptyOneIsTheTargetItself() {
    assertThat(Reference.resolve(BASE, " ")).isEqualTo(BASE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://10.0.0.1:8080/v1/x /x",
        "http://10.0.0.1:8080/v1/x?r=2 /x?r=2",
        "http://10.0.0.1:8080/v1/../v1/%78 /x",
        "http://10.0.0.1:8080/v1 /",
        "HTTP://Inner.example:80/v1/x /v1/x",
        "/v1/x /v1/x",
        "https://api.example.org/v1/x /v1/x",
      })
  @DisplayName("are the client's own where they name what the upstream was asked under")
  void theUpstreamsNamesAreTheClientsOrigin(String reference, String pathAndQuery) {
    Target target = Objects.requireNonNull(Reference.resolve(BASE, reference, UNDER));
    assertThat(target.pathAndQuery()).isEqualTo(pathAndQuery);
    assertThat(Reference.sameOrigin(BASE, target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1:8080/x",
        "http://10.0.0.1:8080/v1x",
        "http://10.0.0.1:8080/v1/../x",
        "https://10.0.0.1:8080/v1/x",
        "http://10.0.0.1/v1/x",
        "http://10.0.0.2:8080/v1/x",
        "//inner.example/x",
      })
  @DisplayName("are foreign outside of what the upstream was asked under")
  void theRestIsForeign(String reference) {
    Target target = Objects.requireNonNull(Reference.resolve(BASE, reference, UNDER));
    assertThat(Reference.sameOrigin(BASE, target)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mailto:a@b", "https:x", "%%", "/a\\b", "http://[", "//u@h/x", "//", "ftp://h/x"})
  @DisplayName("are none where no request could have such a target")
  void whatIsNoTargetIsNone(String reference) {
    assertThat(Reference.resolve(BASE, reference)).isNull();
  }
}
