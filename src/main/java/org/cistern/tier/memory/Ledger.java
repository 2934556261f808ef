package org.cistern.tier.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.rule.Key;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Tier;
import org.jspecify.annotations.Nullable;

/** What is in memory, counted as it comes and goes, and apart for each rule with a quota. */
final class Ledger {

  private final RuleBounds rules;
  private final LongAdder answers = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final Map<String, RuleShare> shares = new ConcurrentHashMap<>();

  Ledger(RuleBounds rules) {
    this.rules = rules;
  }

  /** Counts a change of what is under a key; called atomically with the change. */
  void changed(Key key, @Nullable Slot old, @Nullable Slot next) {
    if (old != null) {
      count(old, -1);
    }
    if (next != null) {
      count(next, 1);
    }
    shareOut(key, old, next);
  }

  /** Counts an eviction for want of room. */
  void evicted(Slot slot) {
    evictions.add(slot.size());
  }

  /** Returns the key that the rule stored longest ago, or null while it is within its quota. */
  @Nullable Key oldestBeyondQuota(String rule) {
    RuleShare share = shares.get(rule);
    return share == null ? null : share.oldestBeyond(rules.quotaBytes(rule));
  }

  /** Takes a key off a rule's share, whatever is under it now. */
  void release(String rule, Key key) {
    RuleShare share = shares.get(rule);
    if (share != null) {
      share.remove(key);
    }
  }

  Tier.Contents contents() {
    return new Tier.Contents(answers.sum(), bytes.sum(), evictions.sum());
  }

  private void count(Slot slot, int sign) {
    answers.add((long) sign * slot.size());
    bytes.add(sign * slot.bytes());
  }

  private void shareOut(Key key, @Nullable Slot old, @Nullable Slot next) {
    if (old != null && (next == null || !next.rule().equals(old.rule()))) {
      release(old.rule(), key);
    }
    if (next != null && rules.quotaBytes(next.rule()) != RuleBounds.NO_QUOTA) {
      shares.computeIfAbsent(next.rule(), rule -> new RuleShare()).put(key, next.bytes());
    }
  }
}
