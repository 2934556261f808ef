package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RequestIds;
import org.cistern.camel.call.VertxFields;
import org.cistern.http.Client;
import org.cistern.http.Fields;
import org.cistern.http.Target;
import org.cistern.http.TargetOutcome;
import org.cistern.http.TargetRefusal;
import org.jspecify.annotations.Nullable;

/** Where requests become calls, or are refused, and where calls end and are counted. */
public final class Intake {

  private final Entrance entrance;
  private final InstantSource clock;
  private final CallListener listener;
  private final RequestIds ids;
  private final boolean logged;
  private final LongAdder underWay = new LongAdder();
  private volatile boolean draining;

  /** Makes it; where calls are {@code logged}, every one of them has an id. */
  Intake(
      Entrance entrance,
      RequestIds ids,
      boolean logged,
      InstantSource clock,
      CallListener listener) {
    this.entrance = entrance;
    this.ids = ids;
    this.logged = logged;
    this.clock = clock;
    this.listener = listener;
  }

  /** Returns how many calls are under way. */
  public long underWay() {
    return underWay.sum();
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
    Client client = entrance.client(request, fields);
    TargetOutcome outcome = Entrance.target(request, client);
    if (outcome instanceof TargetRefusal refusal) {
      Refused.badRequest(request, refusal.status(), refusal.sentence());
      return null;
    }
    if (Entrance.framingListed(request, fields)) {
      Refused.badRequest(request, 400, "Connection lists a field that frames the message.");
      return null;
    }
    return begin(request, (Target) outcome, client, startNanos);
  }

  private ClientCall begin(
      HttpServerRequest request, Target target, Client client, long startNanos) {
    ClientCall call =
        new ClientCall(
            request, ContextInternal.current(), target, client, ids, clock.instant(), startNanos);
    if (logged) {
      call.requestId();
    }
    underWay.increment();
    if (draining) {
      call.close();
    }
    return call;
  }

  /** Writes the reply and counts the call as over once all is written. */
  void reply(ClientCall call, Reply reply) {
    ResponseWriter.write(call, reply, status -> over(call, status));
  }

  private void over(ClientCall call, int status) {
    underWay.decrement();
    if (call.hasBody()) {
      call.request().resume();
    }
    listener.over(call, status, System.nanoTime() - call.startNanos());
  }
}
