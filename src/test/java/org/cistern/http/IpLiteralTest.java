package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:192.0.2.1, 192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void isReadAndWrittenInOneWay(String text, String written) {
    byte[] address = Objects.requireNonNull(IpLiteral.parse(text));
    assertThat(IpLiteral.format(address)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.a",
        "1..2.3",
        ":",
        ":::",
        "1:::2",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::1%eth0",
        "[::1]",
        "localhost",
        "1:",
        ":1"
      })
  void isNothingElse(String text) {
    assertThat(IpLiteral.parse(text)).isNull();
  }

  @Property
  void agreesWithTheJdk(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
    String text = IpLiteral.format(bytes);
    assertThat(InetAddress.getByName(text).getAddress()).isEqualTo(IpLiteral.unmapped(bytes));
    assertThat(IpLiteral.parseV6(text)).isEqualTo(bytes);
  }

  @Property
  void noTextMakesItThrow(@ForAll String text) {
    IpLiteral.parse(text);
    IpLiteral.parse(":" + text);
  }
}
