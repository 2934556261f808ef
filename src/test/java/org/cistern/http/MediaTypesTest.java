package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  @ParameterizedTest
  @CsvSource({
    "text/html, text/*, true",
    "'Text/HTML; charset=utf-8', text/html, true",
    "application/json ;a=b, application/json, true",
    "application/problem+json, application/*+json, true",
    "application/json, application/*+json, false",
    "application/a/b+json, application/*+json, false",
    "application/jsonp, application/json, false",
    "image/png, */*, true",
    "nonsense, */*, false",
    "a/b+c+json, */*+json, true",
    "text/html, TEXT/*, true",
    "'text/html;application/json', */json, false",
    "'', */*, false"
  })
  void areComparedWithPatterns(String contentType, String pattern, boolean like) {
    assertThat(MediaTypes.matches(contentType, pattern)).isEqualTo(like);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain", "application/json;charset=utf-8", "image/svg+xml", "text/javascript",
        "application/Javascript", "application/wasm", "application/xml", "application/hal+json"
      })
  void textInAnyFormIsCompressible(String contentType) {
    assertThat(MediaTypes.isCompressible(contentType)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png",
        "application/zip",
        "video/mp4",
        "font/woff2",
        "text/event-stream",
        "application/octet-stream"
      })
  void whatIsSmallAlreadyOrMustFlowIsNot(String contentType) {
    assertThat(MediaTypes.isCompressible(contentType)).isFalse();
  }

  @Test
  void anUnknownTypeIsLikeNothing() {
    assertThat(MediaTypes.matches(null, "*/*")).isFalse();
    assertThat(MediaTypes.isCompressible(null)).isFalse();
  }
}
