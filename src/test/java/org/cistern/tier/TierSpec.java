package org.cistern.tier;

import java.nio.file.Path;
import java.time.Duration;
import org.cistern.tier.disk.DiskSettings;
import org.cistern.tier.disk.DiskTier;
import org.cistern.tier.memory.MemoryPolicy;
import org.cistern.tier.memory.MemorySettings;
import org.cistern.tier.memory.MemoryTier;

/**
 * The tiers that the contract is tested on: each with room for {@link #ROOM} bytes, an hour long.
 */
public enum TierSpec {
  MEMORY_TINYLFU {
    @Override
    Tier open(Path folder, FakeClock clock, RuleBounds rules) {
      return memory(MemoryPolicy.TINYLFU, clock, rules);
    }
  },
  MEMORY_LRU {
    @Override
    Tier open(Path folder, FakeClock clock, RuleBounds rules) {
      return memory(MemoryPolicy.LRU, clock, rules);
    }
  },
  MEMORY_LFU {
    @Override
    Tier open(Path folder, FakeClock clock, RuleBounds rules) {
      return memory(MemoryPolicy.LFU, clock, rules);
    }
  },
  MEMORY_TTL {
    @Override
    Tier open(Path folder, FakeClock clock, RuleBounds rules) {
      return memory(MemoryPolicy.TTL, clock, rules);
    }
  },
  DISK {
    @Override
    Tier open(Path folder, FakeClock clock, RuleBounds rules) {
      DiskSettings settings = DiskSettings.of(folder, ROOM, TTL);
      return DiskTier.open(settings, 7, new ZstdCompression(), clock, rules, TierEvents.NONE);
    }
  };

  static final long ROOM = 4 << 20;
  static final Duration TTL = Duration.ofMinutes(30);

  abstract Tier open(Path folder, FakeClock clock, RuleBounds rules);

  private static Tier memory(MemoryPolicy policy, FakeClock clock, RuleBounds rules) {
    return new MemoryTier(new MemorySettings(ROOM, 0, TTL, policy), clock, rules, TierEvents.NONE);
  }
}
