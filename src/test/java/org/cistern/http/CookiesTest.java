package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CookiesTest {

  @Test
  void areFoundByTheirExactName() {
    Cookies cookies = Cookies.parse("xsid=1; sid = 2 ;sid2=3;; SID=4");

    assertThat(cookies.value("sid")).isEqualTo("2");
    assertThat(cookies.value("SID")).isEqualTo("4");
    assertThat(cookies.value("si")).isNull();
  }

  @Test
  void aValueCannotImitateAnotherCookie() {
    Cookies cookies = Cookies.parse("a=\"x; y\"; b=sid=1; c=sid; sid");

    assertThat(cookies.value("sid")).isNull();
    assertThat(cookies.value("b")).isEqualTo("sid=1");
    assertThat(cookies.value("a")).isEqualTo("\"x");
    assertThat(cookies.value("")).isEqualTo("y\"");
  }

  @Test
  void equalNamesAreAllThereSinceOriginsDisagreeOnWhichCounts() {
    Cookies cookies = Cookies.of(Headers.of("Cookie", "t=a; u=1", "A", "b", "cookie", "t=b"));

    assertThat(cookies.values("t")).containsExactly("a", "b");
    assertThat(cookies.line()).isEqualTo("t=a; u=1; t=b");
    assertThat(cookies.without("t"::equals).line()).isEqualTo("u=1");
  }

  @Test
  void areNoneWithoutTheField() {
    assertThat(Cookies.of(Headers.empty()).isEmpty()).isTrue();
    assertThat(Cookies.parse(" ; ;").isEmpty()).isTrue();
  }
}
