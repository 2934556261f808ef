package org.cistern.camel.keep;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cistern.answer.Answer;
import org.cistern.freshness.Asked;
import org.cistern.http.Fields;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Key;
import org.cistern.rule.Keys;
import org.cistern.rule.Rule;
import org.cistern.rule.Strategy;
import org.cistern.rule.WritePolicy;
import org.cistern.tier.Tier;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;

/** Puts answers into the tiers of their rule, each when the rule's write policy says so. */
public final class Keeper {

  private final Keys keys;
  private final MemoryTier memory;
  private final @Nullable Tier disk;
  private final WriteBack writeBack;
  private final Consumer<Duration> lives;

  /**
   * Makes it.
   *
   * @param lives hears of each answer how long it may live, from its response on
   */
  public Keeper(
      Keys keys,
      MemoryTier memory,
      @Nullable Tier disk,
      WriteBack writeBack,
      Consumer<Duration> lives) {
    this.keys = keys;
    this.memory = memory;
    this.disk = disk;
    this.writeBack = writeBack;
    this.lives = lives;
  }

  /** Returns the length in bytes up to which a body is kept for this request. */
  public long maxSize(Asked asked) {
    Rule rule = asked.rule();
    return rule == null ? 0 : rule.keep().maxSize();
  }

  /** Returns when the tiers are written. */
  public WritePolicy policy(Asked asked) {
    Rule rule = asked.rule();
    return rule == null ? WritePolicy.BEHIND : rule.keep().writePolicy();
  }

  /** Tells whether any tier of the rule is there. */
  public boolean hasTierOf(@Nullable Rule rule) {
    return rule != null
        && (rule.keep().strategy().memory() || (disk != null && rule.keep().strategy().disk()));
  }

  /**
   * Keeps an answer, unless one is kept that was asked for later; completed once the lower tiers
   * have it.
   *
   * @param fetched the key of the request that fetched it; its own may be another
   */
  public CompletionStage<Tier.Stored> keep(Asked asked, Key fetched, Answer answer) {
    Rule rule = asked.rule();
    if (rule == null) {
      return Tier.DONE;
    }
    Request satisfied = new Satisfied(answer.method(), answer.target(), asked.request().fields());
    return keep(
        rule, keys.keptUnder(rule, satisfied, asked.owner(), fetched, answer.headers()), answer);
  }

  private CompletionStage<Tier.Stored> keep(Rule rule, Key key, Answer answer) {
    lives.accept(Duration.between(answer.responseTime(), answer.expires()));
    int variants = rule.keep().maxVariants();
    Strategy where = rule.keep().strategy();
    if (where.memory() && isLater(rule)) {
      Supplier<Tier.Stored> now = () -> memory.keep(key, answer, variants);
      writeBack.keep(key, answer, variants, memory.endOfLife(answer), now);
      return Tier.DONE;
    }
    if (where.memory() && memory.keep(key, answer, variants) == Tier.Stored.SUPERSEDED) {
      return Tier.DONE;
    }
    return disk == null || !where.disk() ? Tier.DONE : disk.store(key, answer, variants);
  }

  private boolean isLater(Rule rule) {
    boolean lower = disk != null && rule.keep().strategy().disk();
    return lower && rule.keep().writePolicy() == WritePolicy.BACK;
  }

  /**
   * Ends the life of an answer, of no other variant of it, and of what is kept for its query under
   * another key: what the origin has now is something else. Nothing happens where an answer is kept
   * that was asked for later.
   *
   * @param end what takes its place, from {@link Answer#dead}
   */
  public void withdraw(Asked asked, Key key, Answer end) {
    Rule rule = asked.rule();
    if (rule == null) {
      return;
    }
    int variants = rule.keep().maxVariants();
    if (memory.keep(key, end, variants) == Tier.Stored.SUPERSEDED) {
      return;
    }
    writeBack.forget(key, end);
    if (disk != null) {
      disk.store(key, end, variants);
    }
    otherKeys(rule, asked, key).forEach(this::remove);
  }

  /** What the answers of a path say of its queries may have changed since this one was kept. */
  private List<Key> otherKeys(Rule rule, Asked asked, Key key) {
    Request request = asked.request();
    UrlVariation said = keys.variation(rule, request.target());
    if (said == null || !request.method().equals("GET")) {
      return List.of();
    }
    Key own = keys.key(rule, request, asked.owner(), null);
    Key shared = keys.sharedKey(rule, request, asked.owner(), said);
    return Stream.of(own, shared).filter(other -> !other.equals(key)).toList();
  }

  private void remove(Key key) {
    memory.remove(key);
    writeBack.forget(key);
    if (disk != null) {
      disk.remove(key);
    }
  }

  private record Satisfied(String method, Target target, Fields fields) implements Request {}
}
