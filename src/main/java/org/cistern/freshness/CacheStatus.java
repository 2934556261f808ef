package org.cistern.freshness;

import org.cistern.http.Recent;
import org.cistern.http.structured.StructuredValue;
import org.jspecify.annotations.Nullable;

/**
 * The text of our member of {@code Cache-Status} (RFC 9211): what was done with a request, and in
 * {@code detail} by which tier, rule and reason.
 */
public final class CacheStatus {

  /** The name of the field. */
  public static final String NAME = "Cache-Status";

  /** The member that says of a hit no more than that. */
  public static final String SHORT_HIT = "cistern; hit";

  /** Our name: the member that says nothing more. */
  public static final String US = "cistern";

  private static final Recent<Forwarding, String> MEMBERS = new Recent<>(Forwarding::member);

  private CacheStatus() {}

  /**
   * Returns the member for an answer from the store.
   *
   * @param ttl how long it stays fresh, in seconds; negative for a stale one
   * @param tier the tier's short name
   * @param rule the rule's id
   */
  public static String hit(long ttl, String tier, String rule, Reason reason) {
    return SHORT_HIT
        + "; ttl="
        + ttl
        + detail(tier + " rule=" + rule + " reason=" + reason.label());
  }

  /**
   * Returns the member for a request that went to the upstream.
   *
   * @param status the upstream's status, or 0 where it gave none
   * @param collapsed it shared the upstream call of another request
   * @param rule the rule's id, or null
   * @param became what became of the response, or null where that is not known yet
   */
  public static String forwarded(
      Reason reason,
      int status,
      boolean collapsed,
      @Nullable String rule,
      @Nullable Reason became) {
    return MEMBERS.of(new Forwarding(reason, status, collapsed, rule, became));
  }

  /** What there is to say of a request that went to the upstream; mostly the same again. */
  private record Forwarding(
      Reason reason,
      int status,
      boolean collapsed,
      @Nullable String rule,
      @Nullable Reason became) {

    // By hand: what a record generates is linked at its first use, which is the first answer.
    @Override
    public int hashCode() {
      int outcome = 31 * (31 * reason.ordinal() + status) + (collapsed ? 1 : 0);
      int rest = became == null ? 0 : became.ordinal() + 1;
      return 31 * (31 * outcome + rest) + (rule == null ? 0 : rule.hashCode());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Forwarding forwarding
          && reason == forwarding.reason
          && status == forwarding.status
          && collapsed == forwarding.collapsed
          && became == forwarding.became
          && (rule == null ? forwarding.rule == null : rule.equals(forwarding.rule));
    }

    String member() {
      StringBuilder member = new StringBuilder(US).append("; fwd=").append(token(reason));
      if (status > 0) {
        member.append("; fwd-status=").append(status);
      }
      member.append(became == Reason.STORED ? "; stored" : "");
      member.append(collapsed ? "; collapsed" : "");
      return member.append(detail(why(rule, reason) + unstored(became))).toString();
    }
  }

  /** Returns the short form of {@link #forwarded}. */
  public static String shortForwarded(Reason reason) {
    return US + "; fwd=" + token(reason);
  }

  /** Returns the member for a response that neither the store nor the upstream gave. */
  public static String generated(@Nullable String rule, Reason reason) {
    return US + detail(why(rule, reason));
  }

  /** Returns the field's value: our member behind those of the caches before us. */
  public static String behind(@Nullable String others, String member) {
    return others == null || others.isBlank() ? member : others.strip() + ", " + member;
  }

  private static String unstored(@Nullable Reason became) {
    return became == null || became == Reason.STORED ? "" : " not-stored=" + became.label();
  }

  private static String token(Reason reason) {
    Forward forward = reason.forward();
    return (forward == null ? Forward.MISS : forward).token();
  }

  private static String why(@Nullable String rule, Reason reason) {
    return (rule == null ? "" : "rule=" + rule + ' ') + "reason=" + reason.label();
  }

  private static String detail(String text) {
    return "; detail=" + StructuredValue.quote(text);
  }
}
