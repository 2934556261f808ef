package org.cistern.camel.fetch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.fetch.ask.OriginRoute;
import org.cistern.camel.fetch.ask.Snapshots;
import org.cistern.camel.service.Services;
import org.cistern.flight.Ticket;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Tags;
import org.cistern.http.uri.Target;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What asking the upstream needs, shared by everybody who does. */
public final class Origin {

  private static final int MOST_PAUSES = 10_000;

  private final Services services;
  private final OriginRoute route;
  private final RefreshPauses pauses = new RefreshPauses(MOST_PAUSES);

  /** Makes it for one fetch step. */
  public Origin(Services services, OriginRoute route) {
    this.services = services;
    this.route = route;
  }

  Services services() {
    return services;
  }

  OriginRoute route() {
    return route;
  }

  /** Returns which keys are not refreshed for a while. */
  RefreshPauses pauses() {
    return pauses;
  }

  /** Renews behind the client's back what it was just given. */
  public void refresh(ClientCall call) {
    Asked asked = call.passage().asked();
    Key key = call.passage().key();
    if (asked == null || key == null) {
      return;
    }
    if (pauses.allows(key, call.arrival())) {
      Asked own = Snapshots.toFetch(asked);
      CachePilot pilot = new CachePilot(this, call, own, key, false);
      services.flights().refresh(ticket(call, own, key), call.context(), pilot);
    }
  }

  /** Returns what a flight has to know of a request. */
  Ticket ticket(ClientCall call, Asked asked, Key key) {
    Rule rule = asked.rule();
    String id = rule == null ? "" : rule.id();
    return new Ticket(
        FlightClass.of(asked, key),
        asked.request().target(),
        id,
        rule != null && rule.key().perUser() ? asked.owner() : null,
        rule == null ? Set.of() : tags(call, asked.request().target(), rule),
        patience(rule),
        Freshness.wantedAge(asked));
  }

  /**
   * Returns how long the upstream route may take until there is a response: a second upstream or a
   * stale answer may come after the first one's time-out.
   */
  Duration patience(@Nullable Rule rule) {
    Duration once = timeout(rule);
    // A product is worked out in big numbers, for every request.
    return once.plus(once).plus(once);
  }

  private static Set<String> tags(ClientCall call, Target target, Rule rule) {
    Set<String> known = Tags.known(target, rule);
    if (call.passage().keys() == null) {
      return known;
    }
    Set<String> tags = new HashSet<>(known);
    tags.add(Tags.ofPath(target));
    return tags;
  }

  private Duration timeout(@Nullable Rule rule) {
    Duration own = rule == null ? null : rule.timeout();
    return own == null ? services.timeout() : own;
  }
}
