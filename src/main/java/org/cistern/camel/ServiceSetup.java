package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.ReplyHead;
import org.cistern.camel.call.Workers;
import org.cistern.camel.coding.CodingPool;
import org.cistern.camel.coding.Codings;
import org.cistern.camel.forward.OutgoingHead;
import org.cistern.camel.forward.Tracing;
import org.cistern.camel.identity.TokenSetup;
import org.cistern.camel.keep.Keeper;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.KeyBodies;
import org.cistern.camel.service.Services;
import org.cistern.camel.service.StatusLine;
import org.cistern.camel.service.Users;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.flight.Flights;
import org.cistern.http.forwarding.ForwardingNotation;
import org.cistern.http.forwarding.TrustedProxies;
import org.cistern.loop.ByteBudget;
import org.cistern.rule.HostAliases;
import org.cistern.rule.Identity;
import org.cistern.rule.Keys;
import org.cistern.rule.match.RuleBook;
import org.cistern.upstream.Upstreams;

/**
 * Makes what the steps work with, of the settings and of the gateway's parts.
 *
 * @param settings the settings
 * @param rules gives the rule book in force
 * @param storage the folder, for the purge log and the key of user hashes
 * @param tiers the tiers
 * @param flights the flights
 * @param fills what all bodies that are being kept may hold together
 * @param upstreams the upstreams
 * @param vertx the event loops
 * @param clock the time
 */
record ServiceSetup(
    Settings settings,
    Supplier<RuleBook> rules,
    Storage storage,
    Tiers tiers,
    Flights flights,
    ByteBudget fills,
    Upstreams upstreams,
    Vertx vertx,
    InstantSource clock) {

  /** The share of the heap that request bodies may hold which are part of a key. */
  private static final int KEY_BODIES = 8;

  /**
   * Makes them.
   *
   * @param bodies collects bodies for steps, as for the routes of others
   */
  Services services(CodingPool coding, Bodies bodies) {
    ReplyHead heads = new ReplyHead(settings.flag(Setting.VIA));
    Identity identity =
        new Identity(storage.identityKey(settings), TokenSetup.of(settings, vertx, clock));
    TrustedProxies proxies = TrustedProxies.of(settings.list(Setting.TRUSTED_PROXIES));
    Keys keys = new Keys(aliases());
    return new Services(
        rules,
        keys,
        new KeyBodies(
            settings.bytes(Setting.MAX_KEY_BODY, 64 << 10),
            new ByteBudget(Runtime.getRuntime().maxMemory() / KEY_BODIES)),
        new Users(identity, proxies),
        tiers.memory(),
        tiers.disk(),
        new Keeper(
            keys,
            tiers.memory(),
            tiers.disk(),
            tiers.writeBack(),
            life -> storage.purges().stored(life)),
        new Shelf(tiers.memory(), storage.purges(), heads, clock),
        storage.purges(),
        flights,
        fills,
        upstreams,
        UpstreamSetup.longestTimeout(settings),
        heads,
        StatusLine.valueOf(settings.text(Setting.CACHE_STATUS).toUpperCase(Locale.ROOT)),
        outgoing(),
        new Codings(settings.flag(Setting.COMPRESSION_ENABLED)),
        coding,
        bodies,
        new Workers(vertx),
        clock);
  }

  private HostAliases aliases() {
    List<String> hosts = settings.list(Setting.HOST_ALIASES);
    return hosts.isEmpty() ? HostAliases.none() : HostAliases.of(List.of(hosts));
  }

  private OutgoingHead outgoing() {
    Set<ForwardingNotation> notations =
        switch (settings.text(Setting.FORWARDED)) {
          case "forwarded" -> Set.of(ForwardingNotation.FORWARDED);
          case "both" -> Set.of(ForwardingNotation.X_FORWARDED, ForwardingNotation.FORWARDED);
          case "off" -> Set.of();
          default -> Set.of(ForwardingNotation.X_FORWARDED);
        };
    return new OutgoingHead(
        notations,
        settings.flag(Setting.VIA),
        UpstreamSetup.withClientHost(settings),
        Tracing.valueOf(settings.text(Setting.TRACEPARENT).toUpperCase(Locale.ROOT)));
  }
}
