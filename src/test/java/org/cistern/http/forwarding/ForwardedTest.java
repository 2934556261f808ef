package org.cistern.http.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.http.forwarding.ForwardingNotation.FORWARDED;
import static org.cistern.http.forwarding.ForwardingNotation.X_FORWARDED;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {

  private static final TrustedProxies TRUSTED =
      TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));
  private static final Peer PROXY = new Peer("10.0.0.1", "http", "inner");
  private static final Peer STRANGER = new Peer("203.0.113.9", "http", "public.org");
  private static final Target TARGET = new Target("https", "public.org", "/", null);

  private static Client read(ForwardingNotation notation, String... fields) {
    return Forwarded.client(Headers.of(fields), PROXY, TRUSTED, notation);
  }

  @Property
  void noFieldMakesItThrow(@ForAll String text) {
    assertThat(read(FORWARDED, "Forwarded", text)).isNotNull();
    assertThat(read(FORWARDED, "Forwarded", "for=" + text)).isNotNull();
    assertThat(read(X_FORWARDED, "X-Forwarded-For", text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Forwarded_Host",
        "X-Forwarded_For",
        "x_real_ip",
        "X_Original_URL",
        "X_HTTP_Method_Override",
        "Content_Length",
        "Transfer_Encoding",
        "Proxy",
        "X-Forwarded"
      })
  void whatAnOriginMayReadAsOursOrAsTakenOffIsTakenOff(String name) {
    Headers fields = Headers.of(name, "evil", "X_Own", "kept");
    Client client = Client.of(STRANGER, false);

    Headers outgoing = Forwarded.outgoing(fields, client, TARGET, X_FORWARDED);
    assertThat(outgoing.has(name)).isFalse();
    assertThat(outgoing.first("X_Own")).isEqualTo("kept");
  }

  @Nested
  class WhatIsBelieved {

    @Test
    void nothingThatAStrangerSays() {
      Headers fields =
          Headers.of(
              "X-Forwarded-For", "10.0.0.7",
              "X-Forwarded-Proto", "https",
              "X-Forwarded-Host", "evil.org",
              "Forwarded", "for=10.0.0.7;proto=https;host=evil.org");
      for (ForwardingNotation notation : ForwardingNotation.values()) {
        assertThat(Forwarded.client(fields, STRANGER, TRUSTED, notation))
            .isEqualTo(new Client("203.0.113.9", "http", "public.org", "203.0.113.9", false));
      }
    }

    @Test
    void aTrustedProxyOnAddressSchemeAndHost() {
      Client told = new Client("203.0.113.9", "https", "public.org", "10.0.0.1", true);

      assertThat(
              read(
                  X_FORWARDED,
                  "X-Forwarded-For",
                  "203.0.113.9",
                  "X-Forwarded-Proto",
                  "HTTPS",
                  "X-Forwarded-Host",
                  "public.org"))
          .isEqualTo(told);
      assertThat(read(FORWARDED, "Forwarded", "For=203.0.113.9;Proto=https;host=\"public.org\""))
          .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
      "'1.1.1.1, 203.0.113.9', 203.0.113.9",
      "'1.1.1.1, 203.0.113.9, 10.0.0.2', 203.0.113.9",
      "'10.9.9.9, 10.0.0.2', 10.9.9.9",
      "'1.1.1.1, garbage, 10.0.0.2', 10.0.0.2",
      "'1.1.1.1,', 10.0.0.1",
      "'203.0.113.9:4711', 203.0.113.9",
      "'[2001:DB8::1]:4711', 2001:db8::1",
      "2001:db8::1, 2001:db8::1",
      "unknown, 10.0.0.1",
      "'', 10.0.0.1"
    })
    void onlyTheAddressesThatTrustedProxiesWrote(String field, String client) {
      assertThat(read(X_FORWARDED, "X-Forwarded-For", field).address()).isEqualTo(client);
    }

    @Test
    void linesAreOneListAndSchemesBelongToTheirAddress() {
      Client client =
          read(
              X_FORWARDED,
              "X-Forwarded-For",
              "1.1.1.1",
              "X-Forwarded-For",
              "203.0.113.9, 10.0.0.2",
              "X-Forwarded-Proto",
              "ftp, https, http",
              "X-Forwarded-Host",
              "evil.org, public.org, inner.org");

      assertThat(client.address()).isEqualTo("203.0.113.9");
      assertThat(client.scheme()).isEqualTo("https");
      assertThat(client.host()).isEqualTo("public.org");
    }

    @Test
    void aSingleSchemeIsTheNearestProxys() {
      Client client =
          read(X_FORWARDED, "X-Forwarded-For", "1.1.1.1, 203.0.113.9", "X-Forwarded-Proto", "wss");
      assertThat(client.scheme()).isEqualTo("https");
      assertThat(client.host()).isEqualTo("inner");
      assertThat(read(X_FORWARDED, "X-Forwarded-Proto", "https").scheme()).isEqualTo("https");
      assertThat(read(X_FORWARDED, "X-Forwarded-Proto", "javascript").scheme()).isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "for=1.1.1.1, for=203.0.113.9;proto=https | 203.0.113.9",
          "for=203.0.113.9, for=\"[fd00::2]:80\" | 203.0.113.9",
          "for=\"[2001:db8::1]:4711\";by=_x | 2001:db8::1",
          "for=[2001:db8::1] | 2001:db8::1",
          "for=1.1.1.1, for=_hidden | 10.0.0.1",
          "for=1.1.1.1, proto=https | 10.0.0.1",
          "for=\"203.0.113.\\9\" | 203.0.113.9",
          "for=\"1.1.1.1, for=203.0.113.9 | 10.0.0.1",
          "for=1.1.1.1;for=203.0.113.9 | 10.0.0.1",
          ",, for=203.0.113.9 ; proto=http ;, | 203.0.113.9"
        })
    void theStandardFieldIsReadByItsGrammar(String field, String client) {
      assertThat(read(FORWARDED, "Forwarded", field).address()).isEqualTo(client);
    }

    @Test
    void aQuoteThatAClientLeavesOpenDoesNotHideWhatAProxyWroteInALineOfItsOwn() {
      Client client = read(FORWARDED, "Forwarded", "for=\"", "Forwarded", "for=203.0.113.9");
      assertThat(client.address()).isEqualTo("203.0.113.9");
    }

    @Test
    void theOtherNotationIsNotLookedAt() {
      assertThat(read(X_FORWARDED, "Forwarded", "for=1.1.1.1;host=evil.org").address())
          .isEqualTo("10.0.0.1");
      assertThat(read(FORWARDED, "X-Forwarded-For", "1.1.1.1").address()).isEqualTo("10.0.0.1");
    }
  }

  @Nested
  class WhatIsTold {

    private Headers told(Peer peer, ForwardingNotation notation, String... fields) {
      Headers headers = Headers.of(fields);
      Client client = Forwarded.client(headers, peer, TRUSTED, notation);
      return Forwarded.outgoing(headers, client, TARGET, notation);
    }

    @Test
    void aStrangersFieldsAreReplaced() {
      assertThat(
              told(
                  STRANGER,
                  X_FORWARDED,
                  "A",
                  "1",
                  "x-forwarded-for",
                  "1.1.1.1",
                  "X-Real-IP",
                  "1.1.1.1",
                  "Forwarded",
                  "for=1.1.1.1",
                  "X-Forwarded-Prefix",
                  "/x",
                  "X-Original-URL",
                  "/admin"))
          .isEqualTo(
              Headers.of(
                  "A",
                  "1",
                  "X-Forwarded-For",
                  "203.0.113.9",
                  "X-Forwarded-Proto",
                  "https",
                  "X-Forwarded-Host",
                  "public.org"));
    }

    @Test
    void aTrustedProxysListIsContinued() {
      assertThat(
              told(
                  PROXY,
                  X_FORWARDED,
                  "X-Forwarded-For",
                  "1.1.1.1",
                  "X-Forwarded-For",
                  "203.0.113.9",
                  "X-Real-IP",
                  "203.0.113.9",
                  "X-Forwarded-Proto",
                  "ftp",
                  "X-Rewrite-URL",
                  "/x"))
          .isEqualTo(
              Headers.of(
                  "X-Real-IP",
                  "203.0.113.9",
                  "X-Forwarded-For",
                  "1.1.1.1, 203.0.113.9, 10.0.0.1",
                  "X-Forwarded-Proto",
                  "https",
                  "X-Forwarded-Host",
                  "public.org"));
    }

    @Test
    void theStandardFieldIsQuotedWhereItHasToBe() {
      Peer peer = new Peer("2001:db8::9", "https", "public.org");
      assertThat(told(peer, FORWARDED, "Forwarded", "for=1.1.1.1", "X-Forwarded-For", "1.1.1.1"))
          .isEqualTo(
              Headers.of("Forwarded", "for=\"[2001:db8::9]\";host=\"public.org\";proto=https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=\"", "for=\"a\\", "for", "=", "for=1 2"})
    void aBrokenLineIsNotContinued(String broken) {
      assertThat(told(PROXY, FORWARDED, "Forwarded", broken, "Forwarded", "for=203.0.113.9"))
          .isEqualTo(
              Headers.of(
                  "Forwarded", "for=203.0.113.9, for=10.0.0.1;host=\"public.org\";proto=https"));
    }
  }
}
