package org.cistern.camel.component;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Storing;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.rule.WritePolicy;
import org.cistern.tier.Tier;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;

/** Puts answers into the tiers of their rule, each when the rule's write policy says so. */
public final class Keeper {

  private static final CompletionStage<Tier.Stored> NOTHING =
      CompletableFuture.completedFuture(Tier.Stored.DONE);

  private final MemoryTier memory;
  private final @Nullable Tier disk;
  private final WriteBack writeBack;

  /** Makes it. */
  public Keeper(MemoryTier memory, @Nullable Tier disk, WriteBack writeBack) {
    this.memory = memory;
    this.disk = disk;
    this.writeBack = writeBack;
  }

  long maxSize(Asked asked) {
    Rule rule = asked.rule();
    return rule == null ? 0 : rule.keep().maxSize();
  }

  WritePolicy policy(Asked asked) {
    Rule rule = asked.rule();
    return rule == null ? WritePolicy.BEHIND : rule.keep().writePolicy();
  }

  /** Tells whether any tier of the rule is there. */
  boolean hasTierOf(@Nullable Rule rule) {
    return rule != null
        && (rule.keep().strategy().memory() || (disk != null && rule.keep().strategy().disk()));
  }

  /** Keeps an answer whose size the head did not tell, if it fits the rule. */
  CompletionStage<Tier.Stored> keepSized(Asked asked, Key key, Storing.Keep keep, Answer answer) {
    Rule rule = asked.rule();
    boolean fits = rule != null && keep.sized(rule, answer.body().size()).keep() != null;
    return fits ? keep(asked, key, answer) : NOTHING;
  }

  /** Keeps an answer; completed once the lower tiers have it. */
  CompletionStage<Tier.Stored> keep(Asked asked, Key key, Answer answer) {
    Rule rule = asked.rule();
    if (rule == null) {
      return NOTHING;
    }
    if (rule.keep().strategy().memory()) {
      memory.store(key, answer, rule.keep().maxVariants());
    }
    return disk == null || !rule.keep().strategy().disk()
        ? NOTHING
        : lower(rule, key, answer, disk);
  }

  private CompletionStage<Tier.Stored> lower(Rule rule, Key key, Answer answer, Tier tier) {
    if (rule.keep().writePolicy() == WritePolicy.BACK && rule.keep().strategy().memory()) {
      writeBack.dirty(key, answer);
      return NOTHING;
    }
    return tier.store(key, answer, rule.keep().maxVariants());
  }

  /**
   * Forgets an answer that turned out to be of another representation, and no other variant: one
   * that no look-up finds takes its place.
   */
  void forget(Asked asked, Key key, Answer answer) {
    Rule rule = asked.rule();
    int variants = rule == null ? 1 : rule.keep().maxVariants();
    memory.store(key, answer.dead(), variants);
    writeBack.forget(key, answer);
    if (disk != null) {
      disk.store(key, answer.dead(), variants);
    }
  }
}
