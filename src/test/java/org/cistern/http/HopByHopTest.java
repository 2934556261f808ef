package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Fields of one connection (RFC 9110 section 7.6.1)")
class HopByHopTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "connection",
          "Keep-Alive",
          "PROXY-CONNECTION",
          "te",
          "Trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "proxy-authorization",
          "Proxy-Authenticate",
          "proxy-authentication-info"
        })
    @DisplayName("7.6.1: what belongs to one connection goes no further")
    void mustNotForwardWhatBelongsToOneConnection(String name) {
      Headers stripped = HopByHop.strip(Headers.of("A", "1", name, "x", "B", "2", name, "y"));

      assertThat(stripped).isEqualTo(Headers.of("A", "1", "B", "2"));
    }

    @Test
    @DisplayName("7.6.1: nor does what any Connection line lists")
    void mustTakeOffWhatAnyConnectionLineLists() {
      Headers fields =
          Headers.of(
              "Connection",
              "close, X-One ,,",
              "x-one",
              "1",
              "X-Two",
              "2",
              "X-Three",
              "3",
              "connection",
              "x-TWO");

      assertThat(HopByHop.strip(fields)).isEqualTo(Headers.of("X-Three", "3"));
      assertThat(HopByHop.nominated(fields)).isEqualTo(Nomination.END_TO_END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length"})
    @DisplayName(
        "7.6.1, DESIGN: framing fields stay where listed, and the message is to be refused")
    void framingFieldsStayEvenWhereListedAndTheMessageIsToBeRefused(String name) {
      Headers fields = Headers.of("Connection", "X-A, " + name, name, "1", "X-A", "1");

      assertThat(HopByHop.strip(fields)).isEqualTo(Headers.of(name, "1"));
      assertThat(HopByHop.nominated(fields).refused()).isTrue();
      assertThat(HopByHop.nominated(fields).mayUseCache()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Authorization",
          "Cookie",
          "Cache-Control",
          "X-Forwarded-For",
          "X-Tenant",
          "Vary",
          "Set-Cookie",
          "Content-Encoding"
        })
    @DisplayName(
        "9111-3.1, DESIGN: a message that loses an end-to-end field has no part in the cache")
    void aListedEndToEndFieldIsNeitherForwardedNorHasTheMessageAPartInTheCache(String name) {
      Headers fields =
          Headers.of("Connection", "close, " + name.toLowerCase(Locale.ROOT), name, "x");

      assertThat(HopByHop.strip(fields)).isEqualTo(Headers.empty());
      assertThat(HopByHop.nominated(fields)).isEqualTo(Nomination.END_TO_END);
      assertThat(HopByHop.nominated(fields).mayUseCache()).isFalse();
      assertThat(HopByHop.nominated(fields).refused()).isFalse();
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @Test
    @DisplayName("7.6.1: ordinary connections may use the cache")
    void ordinaryConnectionsMayUseTheCache() {
      for (String value :
          List.of("keep-alive", "close", "Upgrade, HTTP2-Settings", "TE, trailers")) {
        Headers fields = Headers.of("Connection", value, "TE", "trailers", "Upgrade", "h2c");
        assertThat(HopByHop.nominated(fields).mayUseCache()).as(value).isTrue();
      }
      assertThat(HopByHop.nominated(Headers.empty())).isEqualTo(Nomination.HOP);
    }

    @Test
    @DisplayName("7.6.1: a listed field that is not there changes nothing")
    void aListedFieldThatIsNotThereChangesNothing() {
      Headers fields = Headers.of("Connection", "X-Gone", "A", "1");
      assertThat(HopByHop.nominated(fields)).isEqualTo(Nomination.HOP);
    }
  }
}
