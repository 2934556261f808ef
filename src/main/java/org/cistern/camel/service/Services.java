package org.cistern.camel.service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.ReplyHead;
import org.cistern.camel.call.Workers;
import org.cistern.camel.coding.CodingPool;
import org.cistern.camel.coding.Codings;
import org.cistern.camel.forward.OutgoingHead;
import org.cistern.camel.keep.Keeper;
import org.cistern.camel.keep.Shelf;
import org.cistern.flight.Flights;
import org.cistern.loop.ByteBudget;
import org.cistern.purge.Purges;
import org.cistern.rule.Keys;
import org.cistern.rule.match.RuleBook;
import org.cistern.tier.Tier;
import org.cistern.tier.memory.MemoryTier;
import org.cistern.upstream.Upstreams;
import org.jspecify.annotations.Nullable;

/**
 * What the steps work with; wired once at the start.
 *
 * @param rules gives the rule book in force
 * @param keys makes the cache keys
 * @param keyBodies reads the request bodies that are in keys
 * @param users knows whose a request is
 * @param memory L1
 * @param disk L3, or null where it is switched off
 * @param keeper puts answers into the tiers
 * @param shelf takes what tiers have found to the client
 * @param purges the purge log
 * @param flights the flights under way
 * @param fills what all bodies that are being kept may hold together
 * @param upstreams the upstreams by name
 * @param timeout how long any upstream's head may take where the rule says nothing
 * @param heads makes the heads of replies
 * @param status what Cache-Status tells
 * @param outgoing makes the heads of requests to upstreams
 * @param codings who codes content
 * @param coding the threads that code
 * @param bodies brings bodies here for the steps that read them
 * @param workers the threads of users' blocking steps
 * @param clock the time
 */
public record Services(
    Supplier<RuleBook> rules,
    Keys keys,
    KeyBodies keyBodies,
    Users users,
    MemoryTier memory,
    @Nullable Tier disk,
    Keeper keeper,
    Shelf shelf,
    Purges purges,
    Flights flights,
    ByteBudget fills,
    Upstreams upstreams,
    Duration timeout,
    ReplyHead heads,
    StatusLine status,
    OutgoingHead outgoing,
    Codings codings,
    CodingPool coding,
    Bodies bodies,
    Workers workers,
    InstantSource clock) {

  /** Each gateway has one, and Camel's registry asks for its hash: that of the parts is slow. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
