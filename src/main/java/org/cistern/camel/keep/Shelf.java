package org.cistern.camel.keep;

import java.time.Instant;
import java.time.InstantSource;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.ReplyHead;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.cistern.http.uri.Target;
import org.cistern.purge.Checked;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.cistern.tier.memory.Kept;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a tier has found to the client: the purge log is asked last, the verdict is noted, and
 * an answer that may be served becomes the reply.
 */
public final class Shelf {

  private final MemoryTier memory;
  private final Purges purges;
  private final ReplyHead heads;
  private final InstantSource clock;

  /** Makes it. */
  public Shelf(MemoryTier memory, Purges purges, ReplyHead heads, InstantSource clock) {
    this.memory = memory;
    this.purges = purges;
    this.heads = heads;
    this.clock = clock;
  }

  /** Judges an answer kept in memory, and serves it where the verdict says so. */
  public void take(ClientCall call, Asked asked, Rule rule, Key key, Kept kept) {
    Prepared prepared = prepared(key, kept, rule);
    take(call, asked, prepared, Level.L1, call.arrival());
  }

  /** Judges an answer of another tier, and serves it where the verdict says so. */
  public void take(ClientCall call, Asked asked, Rule rule, Answer answer, Level level) {
    take(call, asked, Prepared.of(answer, rule, heads), level, clock.instant());
  }

  private void take(ClientCall call, Asked asked, Prepared prepared, Level level, Instant now) {
    Standing standing = standing(call.target(), prepared);
    Verdict verdict = Freshness.judge(asked, prepared.facts(), standing, now);
    call.passage().found(level, prepared, verdict);
    if (verdict.serves()) {
      call.reply(
          Reply.whole(prepared.facts().answer().status(), prepared.lines(), prepared.body()));
    }
  }

  /** Tells whether the one is there, and newer than the other. */
  public static boolean isNewer(@Nullable Answer one, @Nullable Answer other) {
    return one != null && (other == null || one.responseTime().isAfter(other.responseTime()));
  }

  /** Returns what hits on an answer need: what is beside it in memory, where it is kept there. */
  @SuppressWarnings("ReferenceEquality") // What is beside one belongs to no other.
  public Prepared prepared(ClientCall call, Rule rule, Answer answer) {
    Key key = call.passage().key();
    Kept kept = key == null ? null : memory.peek(key, call.fields());
    return key != null && kept != null && kept.answer() == answer
        ? prepared(key, kept, rule)
        : Prepared.of(answer, rule, heads);
  }

  private Prepared prepared(Key key, Kept kept, Rule rule) {
    if (kept.attachment() instanceof Prepared before) {
      Prepared current = before.under(rule);
      if (current != before) {
        memory.attach(key, kept, before, current);
      }
      return current;
    }
    Prepared mine = Prepared.of(kept.answer(), rule, heads);
    boolean first = memory.attach(key, kept, null, mine);
    return !first && kept.attachment() instanceof Prepared theirs ? theirs.under(rule) : mine;
  }

  private Standing standing(Target target, Prepared prepared) {
    Answer answer = prepared.facts().answer();
    Checked checked = purges.check(answer, prepared.checked());
    prepared.checked(checked);
    Coverage coverage = checked.coverage();
    if (!target.equals(answer.target()) && !checked.upTo().equals(answer.position())) {
      coverage = coverage.and(purges.coversTarget(target, answer.position()));
    }
    return standing(coverage);
  }

  /** Says what the log knows of an answer in the eyes of a request, whatever was known before. */
  public static Standing standing(Purges purges, Asked asked, Answer answer) {
    Target target = asked.request().target();
    Coverage coverage = purges.covers(answer);
    if (!target.equals(answer.target())) {
      coverage = coverage.and(purges.coversTarget(target, answer.position()));
    }
    return standing(coverage);
  }

  private static Standing standing(Coverage coverage) {
    return switch (coverage) {
      case NONE -> Standing.GOOD;
      case SOFT -> Standing.STALE;
      case HARD -> Standing.GONE;
    };
  }

  /**
   * What of the stored answer is of use to the fetch: nothing where a purge or the origin took it.
   * Nor is another user's: no 304 to its validators may make it this one's.
   */
  public @Nullable Prepared usable(Key key, @Nullable Prepared stored, Asked asked) {
    if (stored == null || !Freshness.ownerMatches(asked, stored.facts())) {
      return null;
    }
    Answer answer = stored.facts().answer();
    boolean gone =
        standing(purges, asked, answer) == Standing.GONE || isWithdrawn(key, asked, answer);
    return gone ? null : stored;
  }

  /** Tells whether the origin has taken an answer back since it was found. */
  public boolean isWithdrawn(Key key, Asked asked, Answer found) {
    Kept now = memory.peek(key, asked.request().fields());
    return now != null
        && now.answer().isDead()
        && !now.answer().requestTime().isBefore(found.requestTime());
  }
}
