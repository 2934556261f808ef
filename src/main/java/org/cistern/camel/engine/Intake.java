package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.settings.Settings;
import org.cistern.http.Target;
import org.cistern.http.TargetOutcome;
import org.cistern.http.TargetParser;
import org.cistern.http.TargetRefusal;
import org.jspecify.annotations.Nullable;

/** Where requests become calls, or are refused, and where calls end and are counted. */
public final class Intake {

  private static final String HOST = "host";

  private final InstantSource clock;
  private final CallListener listener;
  private final LongAdder underWay = new LongAdder();
  private volatile boolean draining;

  Intake(Settings settings, InstantSource clock, CallListener listener) {
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

  /** Returns the call of a request, or null where it was refused and has its reply. */
  @Nullable ClientCall admit(HttpServerRequest request) {
    long startNanos = System.nanoTime();
    TargetOutcome outcome = target(request);
    if (outcome instanceof TargetRefusal refusal) {
      refuse(request, refusal);
      return null;
    }
    ClientCall call =
        new ClientCall(
            request, ContextInternal.current(), (Target) outcome, clock.instant(), startNanos);
    underWay.increment();
    if (draining) {
      call.close();
    }
    return call;
  }

  private static TargetOutcome target(HttpServerRequest request) {
    String scheme = request.isSSL() ? "https" : "http";
    return TargetParser.parse(request.method().name(), scheme, authority(request), request.uri());
  }

  private static @Nullable String authority(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HOST);
    if (hosts.size() == 1) {
      return hosts.get(0);
    }
    return hosts.isEmpty() && request.authority() != null ? request.authority().toString() : null;
  }

  private static void refuse(HttpServerRequest request, TargetRefusal refusal) {
    Reply reply = Refusals.problem(refusal.status(), "Bad request", refusal.sentence());
    request
        .response()
        .setStatusCode(reply.status())
        .putHeader("content-type", "application/problem+json")
        .putHeader("connection", "close")
        .end(reply.whole());
  }

  /** Writes the reply and counts the call as over once all is written. */
  void reply(ClientCall call, Reply reply) {
    ResponseWriter.write(call, reply, () -> over(call, reply.status()));
  }

  private void over(ClientCall call, int status) {
    underWay.decrement();
    listener.over(call, status, System.nanoTime() - call.startNanos());
  }
}
