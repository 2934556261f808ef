package org.cistern.camel.fetch.store;

import java.util.Set;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.fetch.ask.WholeIncoming;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Received;
import org.cistern.freshness.Storing;
import org.cistern.http.uri.Target;
import org.cistern.upstream.message.Incoming;

/** What a response to a request of the store's own is worth to the store. */
public final class Reception {

  private final Services services;
  private final Asked asked;
  private final Set<Target> askedUnder;

  /** Makes it where it does not count under which URLs the upstream was asked. */
  public Reception(Services services, Asked asked) {
    this(services, asked, Set.of());
  }

  /** Makes it where it counts under which URLs the upstream was asked. */
  public Reception(Services services, Asked asked, Set<Target> askedUnder) {
    this.services = services;
    this.asked = asked;
    this.askedUnder = askedUnder;
  }

  /** Returns whether and how a response is kept; it is not where the rule has no tier. */
  public Storing.Decision decided(Incoming incoming) {
    if (incoming instanceof WholeIncoming made && made.isLastResort()) {
      return new Storing.Skip(Reason.NOT_FETCHED);
    }
    Storing.Decision decision = Storing.decide(asked, received(incoming));
    boolean nowhere = decision.keep() != null && !services.keeper().hasTierOf(asked.rule());
    return nowhere ? new Storing.Skip(Reason.NO_TIER) : decision;
  }

  /**
   * Tells whether the next response will most likely be refused too: an error passes, and what one
   * request brought about says nothing of the others.
   */
  public boolean lasts(int status, Reason refused) {
    return status < 500
        && refused != Reason.NOT_FETCHED
        && (FlightClass.isApart(asked) || !refused.isOfTheRequest());
  }

  /** Returns what the store judges of a response. */
  public Received received(Incoming incoming) {
    Incoming.Head head = incoming.head();
    return new Received(
        head.status(),
        head.headers(),
        head.length(),
        head.closeDelimited(),
        head.maimed(),
        services.codings().codes(asked.rule()),
        askedUnder,
        head.requestTime(),
        head.responseTime());
  }
}
