package org.cistern.camel;

import java.util.function.Supplier;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Rule;
import org.cistern.rule.match.RuleBook;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.jspecify.annotations.Nullable;

/**
 * What the rules in force say to the tiers.
 *
 * @param rules gives the rule book in force
 * @param disk whether there is a disk tier
 */
record Bounds(Supplier<RuleBook> rules, boolean disk) implements RuleBounds {

  @Override
  public long quotaBytes(String rule) {
    Rule known = rule(rule);
    Long quota = known == null ? null : known.keep().quotaBytes();
    return quota == null ? NO_QUOTA : quota;
  }

  @Override
  public boolean hasLastWord(Level level, String rule) {
    Rule known = rule(rule);
    return known != null && known.life().ttl() != null && level == lowest(known);
  }

  private Level lowest(Rule rule) {
    return disk && rule.keep().strategy().disk() ? Level.L3 : Level.L1;
  }

  private @Nullable Rule rule(String id) {
    PlacedRule placed = rules.get().rule(id);
    return placed == null ? null : placed.rule();
  }
}
