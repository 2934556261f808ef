package org.cistern.tier.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.cistern.answer.Answer;
import org.cistern.http.Fields;
import org.cistern.rule.Key;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Tier;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;

/**
 * L1: answers in this process' memory. A look-up takes no lock and makes no object; what ended its
 * life may be reported as absent.
 */
public final class MemoryTier implements Tier {

  private static final Abilities ABILITIES = new Abilities(false, true, false);

  private final MemorySettings settings;
  private final InstantSource clock;
  private final RuleBounds rules;
  private final TierEvents events;
  private final CountedSlots slots;

  /** Returns an empty tier; the clock is asked at writes, and once by each look-up. */
  public MemoryTier(
      MemorySettings settings, InstantSource clock, RuleBounds rules, TierEvents events) {
    this.settings = settings;
    this.clock = clock;
    this.rules = rules;
    this.events = events;
    this.slots = new CountedSlots(settings, clock, rules);
  }

  /** Returns the kept answer for this request that is alive now, or null; for the hot path. */
  public @Nullable Kept lookup(Key key, Fields request, Instant now) {
    Slot slot = slots.get(key);
    Kept kept = slot == null ? null : slot.select(request);
    if (kept != null && kept.isAliveAt(now)) {
      events.hit(Level.L1);
      return kept;
    }
    events.missed(Level.L1, whyNot(slot, kept));
    return null;
  }

  /** Tells whether something alive is kept under the key, for whichever request. */
  public boolean holds(Key key) {
    Slot slot = slots.get(key);
    return slot != null && slot.until().isAfter(clock.instant());
  }

  /** Returns the same as {@link #lookup}, dead or alive, and counts nothing. */
  public @Nullable Kept peek(Key key, Fields request) {
    Slot slot = slots.get(key);
    return slot == null ? null : slot.select(request);
  }

  /**
   * Puts something beside a kept answer, in the place of what is there, and weighs it anew.
   *
   * @param expected what is there; null for nothing
   * @return false where something else is there meanwhile, or where it is too large to be kept
   */
  public boolean attach(Key key, Kept kept, @Nullable Attachment expected, Attachment next) {
    boolean fits = kept.weight() + next.weight() <= settings.maxBytes();
    if (!fits || !kept.attach(expected, next)) {
      return false;
    }
    slots.change(key, slot -> slot != null && slot.holds(kept) ? slot.reweighed() : slot);
    slots.trim(kept.answer().rule());
    return true;
  }

  /**
   * Names who gets the answers that leave for want of room (of memory or of a rule's quota), not
   * those that died, were replaced or removed. The executor must not block.
   */
  public void onEvicted(Executor executor, BiConsumer<Key, Answer> heir) {
    slots.bequeath(new Heir(executor, heir));
  }

  /** Passes at most so many keys and what is kept under them, what matters most first. */
  public void hottest(int limit, BiConsumer<Key, Kept> then) {
    slots.hottest(limit, (key, slot) -> slot.variants().forEach(kept -> then.accept(key, kept)));
  }

  @Override
  public Level level() {
    return Level.L1;
  }

  @Override
  public void find(Key key, Fields request, Consumer<Found> then) {
    Slot slot = slots.get(key);
    Kept kept = slot == null ? null : slot.select(request);
    if (kept != null && kept.isAliveAt(clock.instant())) {
      events.hit(Level.L1);
      then.accept(Found.hit(kept.answer()));
    } else {
      Found.Miss why = whyNot(slot, kept);
      events.missed(Level.L1, why);
      then.accept(Found.miss(why));
    }
  }

  /**
   * Takes up what a slower tier has, unless something as new is here already: it may have been
   * stored while that tier was asked.
   *
   * @param beside what is to be kept beside it, or null
   */
  public void promote(Key key, Answer answer, @Nullable Attachment beside, int maxVariants) {
    Instant now = clock.instant();
    Kept added = new Kept(key, answer, endOfLife(answer));
    if (beside != null) {
      added.attach(null, beside);
    }
    if (fits(added)) {
      slots.change(
          key,
          slot ->
              slot != null && slot.hasAsNew(added) ? slot : next(slot, added, maxVariants, now));
      slots.trim(answer.rule());
    }
  }

  /** Returns when the life of an answer ends here that is stored now. */
  public Instant endOfLife(Answer answer) {
    return rules.endOfLife(answer, Level.L1, ttl(), clock.instant());
  }

  /** Forgets what the test accepts, without a look at all others counting as a use. */
  public void sweep(Predicate<Answer> gone) {
    slots.each(
        (key, slot) -> {
          if (slot.without(gone) != slot) {
            slots.change(key, there -> there == null ? null : there.without(gone));
          }
        });
  }

  @Override
  public CompletionStage<Stored> store(Key key, Answer answer, int maxVariants) {
    return CompletableFuture.completedFuture(keep(key, answer, maxVariants));
  }

  /**
   * Does what {@link #store} does, and says at once what became of it. Two fetches of one key may
   * overtake each other: what the later one brought stays.
   */
  public Stored keep(Key key, Answer answer, int maxVariants) {
    Instant now = clock.instant();
    Kept added = new Kept(key, answer, endOfLife(answer));
    Stored outcome = put(key, added, maxVariants, now);
    events.stored(Level.L1, outcome);
    return outcome;
  }

  @Override
  public CompletionStage<Stored> remove(Key key) {
    slots.change(key, slot -> null);
    return CompletableFuture.completedFuture(Stored.DONE);
  }

  @Override
  public CompletionStage<Stored> clear() {
    slots.keys().forEach(this::remove);
    return CompletableFuture.completedFuture(Stored.DONE);
  }

  @Override
  public Contents contents() {
    return slots.contents();
  }

  @Override
  public Abilities abilities() {
    return ABILITIES;
  }

  @Override
  public Duration ttl() {
    return settings.ttl();
  }

  @Override
  public void close() {
    clear();
  }

  private static Found.Miss whyNot(@Nullable Slot slot, @Nullable Kept dead) {
    if (dead != null) {
      return Found.Miss.EXPIRED;
    }
    return slot == null ? Found.Miss.ABSENT : Found.Miss.VARIANT;
  }

  private boolean fits(Kept added) {
    String rule = added.answer().rule();
    return added.weight() <= Math.min(settings.maxBytes(), rules.quotaBytes(rule));
  }

  private Stored put(Key key, Kept added, int maxVariants, Instant now) {
    if (!fits(added)) {
      // What it would have replaced is no longer what the origin says.
      slots.change(key, slot -> null);
      return Stored.TOO_LARGE;
    }
    boolean[] superseded = new boolean[1];
    slots.change(
        key,
        slot -> {
          superseded[0] = slot != null && slot.hasLater(added.answer(), now);
          return superseded[0] ? slot : next(slot, added, maxVariants, now);
        });
    slots.trim(added.answer().rule());
    return superseded[0] ? Stored.SUPERSEDED : Stored.DONE;
  }

  private Slot next(@Nullable Slot slot, Kept added, int maxVariants, Instant now) {
    Slot alone = new Slot(List.of(added), settings.floor());
    Slot next = slot == null ? alone : slot.with(added, maxVariants, now);
    return next.weight() > settings.maxWeight() ? alone : next;
  }
}
