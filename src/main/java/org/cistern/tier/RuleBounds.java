package org.cistern.tier;

import java.time.Duration;
import java.time.Instant;
import org.cistern.answer.Answer;

/**
 * What the rules in force say of a tier. Asked at every store, on the storing thread; a rule that
 * is not known any more has no bounds.
 */
public interface RuleBounds {

  /** The value of {@link #quotaBytes} where there is no quota. */
  long NO_QUOTA = Long.MAX_VALUE;

  /** No rule has a quota, and the TTL of the tier always counts. */
  RuleBounds NONE =
      new RuleBounds() {
        @Override
        public long quotaBytes(String rule) {
          return NO_QUOTA;
        }

        @Override
        public boolean hasLastWord(Level level, String rule) {
          return false;
        }
      };

  /** Returns how many bytes the rule may hold in each tier, or {@link #NO_QUOTA}. */
  long quotaBytes(String rule);

  /**
   * Tells whether the rule has a TTL of its own and keeps nothing below this tier: then its answers
   * live here as long as the rule lets them, whatever the TTL of the tier.
   */
  boolean hasLastWord(Level level, String rule);

  /** Returns when the life of an answer stored now ends in a tier with this TTL. */
  default Instant endOfLife(Answer answer, Level level, Duration ttl, Instant now) {
    if (hasLastWord(level, answer.rule())) {
      return answer.expires();
    }
    Instant byTier = now.plus(ttl);
    return answer.expires().isBefore(byTier) ? answer.expires() : byTier;
  }
}
