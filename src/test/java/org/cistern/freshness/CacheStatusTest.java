package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.cistern.http.StructuredList;
import org.junit.jupiter.api.Test;

/** RFC 9211. */
class CacheStatusTest {

  @Test
  void aHitSaysTierRuleAndReason() {
    assertThat(CacheStatus.hit(1640, "l1", "models", Reason.FRESH))
        .isEqualTo("cistern; hit; ttl=1640; detail=\"l1 rule=models reason=fresh\"");
  }

  @Test
  void aForwardedRequestSaysWhyAndWhatBecameOfTheResponse() {
    assertThat(CacheStatus.forwarded(Reason.COLD, 200, false, "models", Reason.STORED))
        .isEqualTo(
            "cistern; fwd=uri-miss; fwd-status=200; stored; detail=\"rule=models reason=cold\"");
    assertThat(CacheStatus.forwarded(Reason.EXPIRED, 0, true, "m", Reason.SET_COOKIE))
        .isEqualTo(
            "cistern; fwd=stale; collapsed; "
                + "detail=\"rule=m reason=expired not-stored=set-cookie\"");
    assertThat(CacheStatus.forwarded(Reason.RULE_NONE, 200, false, null, null))
        .isEqualTo("cistern; fwd=bypass; fwd-status=200; detail=\"reason=rule-none\"");
  }

  @Test
  void ourMemberStandsBehindThoseOfOthers() {
    String ours = CacheStatus.generated("r", Reason.ONLY_IF_CACHED);
    assertThat(CacheStatus.behind(null, ours))
        .isEqualTo("cistern; detail=\"rule=r reason=only-if-cached\"");
    assertThat(CacheStatus.behind("origin; hit", "cistern; hit"))
        .isEqualTo("origin; hit, cistern; hit");
  }

  @Test
  void noRulesNameBreaksTheField() {
    String member = CacheStatus.hit(1, "l1", "a\"; hit, x\r\nSet-Cookie: ü\\", Reason.FRESH);
    assertThat(member).doesNotContain("\r").doesNotContain("\n");
    assertThat(StructuredList.parse(List.of(member))).hasSize(1);
  }

  @Test
  void everyReasonHasALabelOfItsOwn() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::label))
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z][a-z-]*"));
  }
}
