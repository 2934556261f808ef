package org.cistern.camel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import org.cistern.answer.BodyCompression;
import org.cistern.camel.keep.WriteBack;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.rule.match.RuleBook;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.cistern.tier.disk.DiskSettings;
import org.cistern.tier.disk.DiskTier;
import org.cistern.tier.memory.MemoryPolicy;
import org.cistern.tier.memory.MemorySettings;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;

/** The tiers that the settings ask for, and the write-back between them. */
final class Tiers implements AutoCloseable {

  private static final long MOST_L1_BYTES = 100L << 20;

  /** How long the end waits for what only memory has to be written. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final MemoryTier memory;
  private final @Nullable DiskTier disk;
  private final WriteBack writeBack;
  private final boolean reachesAll;

  private Tiers(
      MemoryTier memory, @Nullable DiskTier disk, WriteBack writeBack, boolean reachesAll) {
    this.reachesAll = reachesAll;
    this.memory = memory;
    this.disk = disk;
    this.writeBack = writeBack;
  }

  static Tiers open(
      Settings settings,
      Storage storage,
      Supplier<RuleBook> rules,
      InstantSource clock,
      TierEvents events) {
    RuleBounds bounds = new Bounds(rules, storage.usable());
    MemoryTier memory = new MemoryTier(memory(settings), clock, bounds, events);
    DiskTier disk = storage.usable() ? disk(settings, storage, clock, bounds, events) : null;
    WriteBack writeBack = new WriteBack(disk, storage.purges(), events, clock, System::nanoTime);
    memory.onEvicted(Runnable::run, writeBack::evicted);
    return new Tiers(memory, disk, writeBack, disk != null || !storage.keepsPurges());
  }

  private static MemorySettings memory(Settings settings) {
    return new MemorySettings(
        memoryBytes(settings),
        settings.count(Setting.L1_MAX_SIZE),
        settings.time(Setting.L1_TTL),
        MemoryPolicy.valueOf(settings.text(Setting.L1_POLICY).toUpperCase(Locale.ROOT)));
  }

  /** Returns how many bytes of answers memory takes. */
  static long memoryBytes(Settings settings) {
    long share = Runtime.getRuntime().maxMemory() / 10 * 4;
    return settings.bytes(Setting.L1_MAX_BYTES, Math.min(MOST_L1_BYTES, share));
  }

  private static DiskTier disk(
      Settings settings,
      Storage storage,
      InstantSource clock,
      RuleBounds bounds,
      TierEvents events) {
    DiskSettings where =
        DiskSettings.of(
            storage.folder(),
            settings.bytes(Setting.L3_MAX_BYTES, 1L << 30),
            settings.time(Setting.L3_TTL));
    // What was packed before the switch was turned off is still to be read.
    BodyCompression packing =
        settings.flag(Setting.COMPRESSION_ENABLED)
            ? new ZstdCompression()
            : ZstdCompression.unpacking();
    return DiskTier.open(where, storage.purges().head().epoch(), packing, clock, bounds, events);
  }

  MemoryTier memory() {
    return memory;
  }

  @Nullable DiskTier disk() {
    return disk;
  }

  WriteBack writeBack() {
    return writeBack;
  }

  /**
   * Tells whether all that purges of this log may cover is in these tiers, none in a closed file.
   */
  boolean reachesAll() {
    return reachesAll;
  }

  /** Writes what only memory has, well before the end: who has to wait too long for it kills. */
  void hurry() {
    writeBack.hurry(memory, DRAIN);
  }

  @Override
  public void close() {
    writeBack.drain(memory, DRAIN);
    if (disk != null) {
      disk.close();
    }
    memory.close();
  }
}
