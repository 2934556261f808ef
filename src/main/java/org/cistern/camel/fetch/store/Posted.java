package org.cistern.camel.fetch.store;

import io.vertx.core.Context;
import java.util.Objects;
import java.util.Set;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.fetch.ask.Unkeyed;
import org.cistern.camel.keep.KeepPlan;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Storing;
import org.cistern.http.Fields;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.purge.Coverage;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * A response to a POST that is also what a GET of its target would bring (RFC 9110 section 9.3.3).
 * It is kept for later GETs where the rule of the GET would keep it, and no purge but the POST's
 * own came while it was made.
 */
public final class Posted {

  private final Services services;
  private final Incoming incoming;
  private final Asked asked;
  private final Key key;
  private final Storing.Keep keep;
  private final Context context;
  private final Position before;
  private @Nullable Position after;

  private Posted(
      Services services,
      Incoming incoming,
      Asked asked,
      Key key,
      Storing.Keep keep,
      Context context) {
    this.services = services;
    this.incoming = incoming;
    this.asked = asked;
    this.key = key;
    this.keep = keep;
    this.context = context;
    this.before = services.purges().head();
  }

  /**
   * Returns it, or null where the response is none.
   *
   * @param began the place in the purge log at which the POST began
   * @param askedUnder the URLs under which the upstream was asked
   */
  public static @Nullable Posted of(
      ClientCall call,
      Position began,
      Incoming incoming,
      Set<Target> askedUnder,
      Services services) {
    if (!call.method().equals("POST") || !isNamed(incoming) || incoming.socket() != null) {
      return null;
    }
    Request get = new Get(call.target(), call.fields());
    Rule rule = services.rules().get().match(get);
    if (rule == null || call.passage().key() != null || !isOfOneUpstream(call, rule)) {
      return null;
    }
    Asked asked = asked(call, rule, services);
    Key key = services.keys().key(rule, get, asked.owner(), null);
    Storing.Keep keep = new Reception(services, asked, askedUnder).decided(incoming).keep();
    if (keep == null || isSpecial(asked, incoming)) {
      return null;
    }
    Posted posted = new Posted(services, incoming, asked, key, keep, call.context());
    return posted.isCovered(began) ? null : posted;
  }

  private static boolean isNamed(Incoming incoming) {
    return incoming.head().headers().has("content-location");
  }

  /** What another upstream says stands for nothing of this one's. */
  private static boolean isOfOneUpstream(ClientCall call, Rule rule) {
    Rule own = call.passage().rule();
    return Objects.equals(own == null ? null : own.upstream(), rule.upstream());
  }

  private static Asked asked(ClientCall call, Rule rule, Services services) {
    RequestDirectives directives = RequestDirectives.of(call.fields());
    return rule.key().perUser()
        ? services.users().identify(call, directives, rule)
        : Asked.ofNobody(call, directives, rule);
  }

  /** A GET is fetched without the fields that could make it another thing, and without a coding. */
  private static boolean isSpecial(Asked asked, Incoming incoming) {
    Fields fields = asked.request().fields();
    return Unkeyed.hasAny(fields) || incoming.head().headers().has("content-encoding");
  }

  private boolean isCovered(Position began) {
    return services.purges().covers(keep.answer(Body.empty(), began)) != Coverage.NONE;
  }

  /**
   * Takes its place in the purge log, behind what the POST itself made invalid.
   *
   * @param own how many purges were entered for the POST
   */
  public void entered(int own) {
    Position now = services.purges().head();
    boolean alone = now.epoch() == before.epoch() && now.number() == before.number() + own;
    after = alone ? now : null;
  }

  /** Tells whether it has its place, and is kept once it is whole. */
  public boolean isKept() {
    return after != null;
  }

  /** Returns the response, which is kept while it passes where it has its place. */
  public Incoming incoming() {
    Position place = after;
    if (place == null) {
      return incoming;
    }
    KeepPlan plan = new KeepPlan(services.keeper(), asked, key, keep, place, context, misfit -> {});
    return new KeptIncoming(
        incoming, plan, services, () -> services.flights().stored(FlightClass.of(asked, key)));
  }

  private record Get(Target target, Fields fields) implements Request {
    @Override
    public String method() {
      return "GET";
    }
  }
}
