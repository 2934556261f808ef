package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.cistern.http.structured.StructuredList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9211. */
@DisplayName("Cache-Status (RFC 9211)")
class CacheStatusTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @Test
    @DisplayName("2: keep the members of the caches before it, and stand behind them")
    void ourMemberStandsBehindThoseOfOthers() {
      String ours = CacheStatus.generated("r", Reason.ONLY_IF_CACHED);
      assertThat(CacheStatus.behind(null, ours))
          .isEqualTo("cistern; detail=\"rule=r reason=only-if-cached\"");
      assertThat(CacheStatus.behind("origin; hit", "cistern; hit"))
          .isEqualTo("origin; hit, cistern; hit");
    }

    @Test
    @DisplayName("2: write a list that can be parsed, whatever a rule is called")
    void noRulesNameBreaksTheField() {
      String member = CacheStatus.hit(1, "l1", "a\"; hit, x\r\nSet-Cookie: ü\\", Reason.FRESH);
      assertThat(member).doesNotContain("\r").doesNotContain("\n");
      assertThat(StructuredList.parse(List.of(member))).hasSize(1);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("2: say of each request what holds for it, whatever was said of the one before")
    void requestsThatDifferInOneThingAreToldApart() {
      List<Supplier<String>> members =
          List.of(
              () -> CacheStatus.forwarded(Reason.COLD, 200, false, "r", null),
              () -> CacheStatus.forwarded(Reason.EXPIRED, 200, false, "r", null),
              () -> CacheStatus.forwarded(Reason.COLD, 404, false, "r", null),
              () -> CacheStatus.forwarded(Reason.COLD, 200, true, "r", null),
              () -> CacheStatus.forwarded(Reason.COLD, 200, false, "s", null),
              () -> CacheStatus.forwarded(Reason.COLD, 200, false, null, null),
              () -> CacheStatus.forwarded(Reason.COLD, 200, false, "r", Reason.STORED));
      List<String> first = members.stream().map(Supplier::get).toList();
      assertThat(first).doesNotHaveDuplicates();
      assertThat(members.stream().map(Supplier::get).toList()).isEqualTo(first);
    }

    @Test
    @DisplayName("2.1: say of a hit its tier, rule and reason")
    void aHitSaysTierRuleAndReason() {
      assertThat(CacheStatus.hit(1640, "l1", "models", Reason.FRESH))
          .isEqualTo("cistern; hit; ttl=1640; detail=\"l1 rule=models reason=fresh\"");
    }

    @Test
    @DisplayName("2.2: say why a request went on, and what became of the response")
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
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @Test
    @DisplayName("2.8: give each reason a label of its own in detail")
    void everyReasonHasALabelOfItsOwn() {
      assertThat(Arrays.stream(Reason.values()).map(Reason::label))
          .doesNotHaveDuplicates()
          .allMatch(label -> label.matches("[a-z][a-z-]*"));
    }
  }
}
