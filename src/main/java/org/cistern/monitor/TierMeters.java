package org.cistern.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.Tier;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;

/** Counts what the tiers do. */
public final class TierMeters implements TierEvents {

  private final MeterRegistry registry;
  private final Map<Level, LongAdder> hits = new EnumMap<>(Level.class);
  private final Map<Level, Map<Found.Miss, LongAdder>> misses = new EnumMap<>(Level.class);
  private final Map<Level, Map<Tier.Stored, LongAdder>> writes = new EnumMap<>(Level.class);
  private final Map<Level, LongAdder> committed = new EnumMap<>(Level.class);

  /** Makes the counters in a registry. */
  public TierMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Level level : Level.values()) {
      hits.put(level, lookups(level, "hit"));
      committed.put(level, counter(MeterNames.TIER_COMMITTED, level, "result", "durable"));
      misses.put(level, misses(level));
      writes.put(level, writes(level));
    }
  }

  private Map<Found.Miss, LongAdder> misses(Level level) {
    Map<Found.Miss, LongAdder> counters = new EnumMap<>(Found.Miss.class);
    for (Found.Miss miss : Found.Miss.values()) {
      counters.put(miss, lookups(level, miss.label()));
    }
    return counters;
  }

  private Map<Tier.Stored, LongAdder> writes(Level level) {
    Map<Tier.Stored, LongAdder> counters = new EnumMap<>(Tier.Stored.class);
    for (Tier.Stored stored : Tier.Stored.values()) {
      String label = stored.name().toLowerCase(Locale.ROOT).replace('_', '-');
      counters.put(stored, counter(MeterNames.TIER_WRITES, level, "result", label));
    }
    return counters;
  }

  private LongAdder lookups(Level level, String result) {
    return counter(MeterNames.TIER_LOOKUPS, level, "result", result);
  }

  private LongAdder counter(String name, Level level, String tag, String value) {
    LongAdder count = new LongAdder();
    FunctionCounter.builder(name, count, LongAdder::sum)
        .tags("tier", level.label(), tag, value)
        .register(registry);
    return count;
  }

  /** Shows what a tier holds. */
  public void watch(Tier tier) {
    String label = tier.level().label();
    Gauge.builder(MeterNames.TIER_ENTRIES, tier, t -> t.contents().entries())
        .tags("tier", label)
        .register(registry);
    Gauge.builder(MeterNames.TIER_BYTES, tier, t -> t.contents().bytes())
        .tags("tier", label)
        .register(registry);
    FunctionCounter.builder(MeterNames.TIER_EVICTIONS, tier, t -> t.contents().evictions())
        .tags("tier", label)
        .register(registry);
  }

  @Override
  public void hit(Level level) {
    add(hits.get(level), 1);
  }

  @Override
  public void missed(Level level, Found.Miss why) {
    Map<Found.Miss, LongAdder> counters = misses.get(level);
    add(counters == null ? null : counters.get(why), 1);
  }

  @Override
  public void stored(Level level, Tier.Stored outcome) {
    Map<Tier.Stored, LongAdder> counters = writes.get(level);
    add(counters == null ? null : counters.get(outcome), 1);
  }

  @Override
  public void committed(Level level, int answers) {
    add(committed.get(level), answers);
  }

  @Override
  public void damaged(Level level, String what) {
    registry.counter(MeterNames.TIER_LOSSES, "tier", level.label(), "what", "damaged").increment();
  }

  @Override
  public void dropped(Level level, long answers, String why) {
    registry
        .counter(MeterNames.TIER_LOSSES, "tier", level.label(), "what", "dropped")
        .increment((double) answers);
  }

  private static void add(@Nullable LongAdder counter, long amount) {
    if (counter != null) {
      counter.add(amount);
    }
  }
}
