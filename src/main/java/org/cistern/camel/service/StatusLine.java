package org.cistern.camel.service;

import java.time.Instant;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.Stamp;
import org.cistern.freshness.CacheStatus;
import org.cistern.freshness.Facts;
import org.cistern.freshness.Reason;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/** What {@code Age} and {@code Cache-Status} say of a reply. */
public enum StatusLine {
  /** Everything, with rule, tier and reason. */
  FULL,
  /** Whether it was a hit, for public sites. */
  SHORT,
  /** Nothing. */
  OFF;

  /**
   * Puts the lines of a stored answer on its reply; what was rendered this second is used again.
   */
  public void stampStored(ClientCall call, Prepared stored, Instant now) {
    Reply reply = call.reply();
    if (reply == null) {
      return;
    }
    Passage passage = call.passage();
    if (passage.level() == Level.L1 && passage.reason() == Reason.FRESH) {
      reply.stamp(ordinary(stored, passage, now));
    } else {
      reply.stamp(rendered(stored, passage, now));
    }
  }

  private Stamp ordinary(Prepared stored, Passage passage, Instant now) {
    Stamp stamp = stored.stamp();
    if (stamp == null || stamp.second() != now.getEpochSecond()) {
      stamp = rendered(stored, passage, now);
      stored.stamp(stamp);
    }
    return stamp;
  }

  private Stamp rendered(Prepared stored, Passage passage, Instant now) {
    return new Stamp(now.getEpochSecond(), stored.facts().age(now), line(stored, passage, now));
  }

  private @Nullable String line(Prepared stored, Passage passage, Instant now) {
    String member = member(stored.facts(), passage, now);
    if (member == null) {
      return null;
    }
    String others = stored.facts().answer().headers().joined(CacheStatus.NAME);
    return CacheStatus.behind(others, member);
  }

  private @Nullable String member(Facts facts, Passage passage, Instant now) {
    if (passage.wasForwarded()) {
      return passing(passage);
    }
    return switch (this) {
      case FULL ->
          CacheStatus.hit(facts.remaining(now), tier(passage), ruleOf(passage), reasonOf(passage));
      case SHORT -> CacheStatus.SHORT_HIT;
      case OFF -> null;
    };
  }

  /** Returns our member for a reply that is not from the store alone, or null. */
  public @Nullable String passing(Passage passage) {
    return switch (this) {
      case FULL -> passage.wasForwarded() ? forwarded(passage) : generated(passage);
      case SHORT -> CacheStatus.shortForwarded(reasonOf(passage));
      case OFF -> null;
    };
  }

  private static String forwarded(Passage passage) {
    Rule rule = passage.rule();
    return CacheStatus.forwarded(
        reasonOf(passage),
        passage.forwardStatus(),
        passage.joined(),
        rule == null ? null : rule.id(),
        passage.became());
  }

  private static String generated(Passage passage) {
    Rule rule = passage.rule();
    return CacheStatus.generated(rule == null ? null : rule.id(), reasonOf(passage));
  }

  private static String tier(Passage passage) {
    Level level = passage.level();
    return level == null ? Level.L1.label() : level.label();
  }

  private static String ruleOf(Passage passage) {
    Rule rule = passage.rule();
    return rule == null ? "none" : rule.id();
  }

  private static Reason reasonOf(Passage passage) {
    Reason reason = passage.reason();
    return reason == null ? Reason.NOT_FETCHED : reason;
  }
}
