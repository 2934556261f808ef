package org.cistern.camel.engine;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Enrolled;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RequestIds;
import org.cistern.camel.call.VertxFields;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.camel.engine.write.Closing;
import org.cistern.camel.engine.write.LastLines;
import org.cistern.camel.engine.write.ResponseWriter;
import org.cistern.camel.engine.write.StatusNote;
import org.cistern.freshness.Reason;
import org.cistern.http.Fields;
import org.cistern.http.forwarding.Client;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetOutcome;
import org.cistern.http.uri.TargetRefusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests become calls, or are refused, and where calls end and are counted. */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private static final Supplier<Reply> CUT =
      () ->
          Refusals.problem(
              503, "Going down", "The gateway goes down, and the request took too long for that.");

  private final Entrance entrance;
  private final InstantSource clock;
  private final CallListener listener;
  private final RequestIds ids;
  private final boolean logged;
  private final LastLines last;
  private final Refused refused;
  private final UnderWay underWay = new UnderWay();
  private volatile boolean draining;

  /** Makes it; where calls are {@code logged}, every one of them has an id. */
  Intake(
      Entrance entrance,
      RequestIds ids,
      boolean logged,
      StatusNote note,
      InstantSource clock,
      CallListener listener) {
    this.entrance = entrance;
    this.ids = ids;
    this.logged = logged;
    this.clock = clock;
    this.listener = listener;
    this.last = new LastLines(note, clock);
    this.refused = new Refused(last, listener);
  }

  /** Returns what answers the requests that are refused. */
  Refused refused() {
    return refused;
  }

  /** Returns how many calls are under way, those of other routes among them. */
  public long underWay() {
    return underWay.count();
  }

  /** From here on every HTTP/1 reply closes its connection. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** Returns the call of a request, or null where it was refused and has its reply. */
  @Nullable ClientCall admit(HttpServerRequest request) {
    long startNanos = System.nanoTime();
    Fields fields = new VertxFields(request.headers());
    List<String> hosts = Entrance.hosts(request);
    Client client = entrance.client(request, hosts, fields);
    Target target = target(request, hosts, client, fields);
    return target == null ? null : begin(request, target, client, startNanos);
  }

  /** Returns what is asked for, or null where the request was refused and has its reply. */
  private @Nullable Target target(
      HttpServerRequest request, List<String> hosts, Client client, Fields fields) {
    TargetOutcome outcome = Entrance.target(request, hosts, client);
    if (outcome instanceof TargetRefusal refusal) {
      refused.badRequest(request, refusal.status(), refusal.sentence());
      return null;
    }
    if (Entrance.framingListed(request, fields)) {
      refused.badRequest(request, 400, "Connection lists a field that frames the message.");
      return null;
    }
    return (Target) outcome;
  }

  /**
   * Lets a request through to another route, which answers it in its own way: it is held to the
   * same targets, waited for when the gateway goes down, and logged.
   *
   * @return what is to run when it is over; null where it was refused and has its reply
   */
  @Nullable Runnable pass(HttpServerRequest request) {
    long startNanos = System.nanoTime();
    Fields fields = new VertxFields(request.headers());
    List<String> hosts = Entrance.hosts(request);
    Client client = entrance.client(request, hosts, fields);
    if (target(request, hosts, client, fields) == null || traced(request)) {
      return null;
    }
    Passing passing = new Passing(request, client, clock.instant(), startNanos);
    underWay.begun(passing);
    if (draining) {
      Closing.announce(request);
    }
    return () -> passed(passing);
  }

  /** Puts what every response has onto the head of one that another route gives. */
  void lastLines(HttpServerRequest request) {
    MultiMap head = request.response().headers();
    if (!head.contains(HttpHeaders.DATE)) {
      head.set(HttpHeaders.DATE, last.now());
    }
    if (Closing.isAnnounced(request)) {
      // The server has written over it where an HTTP/1.0 client asked for more.
      head.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** Another route would be the last hop of every TRACE, and send secrets back. */
  private boolean traced(HttpServerRequest request) {
    boolean traced = HttpMethod.TRACE.equals(request.method());
    if (traced) {
      refused.with(request, Refusals.notTraced());
    }
    return traced;
  }

  private void passed(Passing passing) {
    underWay.over(passing);
    listener.beside(passing.beside());
    if (Closing.isAnnounced(passing.request())) {
      passing.request().connection().close();
    }
  }

  private ClientCall begin(
      HttpServerRequest request, Target target, Client client, long startNanos) {
    ClientCall call =
        new ClientCall(
            request, ContextInternal.current(), target, client, ids, clock.instant(), startNanos);
    if (logged) {
      call.requestId();
    }
    underWay.begun(call);
    if (draining || Closing.isWanted(request)) {
      call.close();
    }
    return call;
  }

  /** Writes the reply and counts the call as over once all is written. */
  void reply(ClientCall call, Reply reply) {
    try {
      ResponseWriter.write(call, reply, last, status -> over(call, status));
    } catch (RuntimeException e) {
      LOG.warn("the reply to {} cannot be written", call, e);
      reply.cancel();
      call.request().connection().close();
      over(call, reply.status());
    }
  }

  /** Ends what is under way: with a problem where nothing is written yet, else in the middle. */
  void cut() {
    underWay.each(this::cut);
  }

  private void cut(Enrolled request) {
    if (request instanceof ClientCall call) {
      cut(call);
    } else if (request instanceof Passing passing) {
      passing.cut(refused, CUT.get());
    }
  }

  /** What the route makes of it from here on nobody waits for. */
  private void cut(ClientCall call) {
    call.finish();
    call.giveUp();
    call.passage().reason(Reason.FAILED);
    ResponseWriter.cut(call, CUT.get(), last, status -> over(call, status));
  }

  private void over(ClientCall call, int status) {
    if (!call.leave()) {
      return;
    }
    underWay.over(call);
    if (call.hasBody() && !call.request().isEnded()) {
      call.request().resume();
    }
    listener.over(call, status, System.nanoTime() - call.startNanos());
  }
}
