package org.cistern.upstream.exchange;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.wire.Arrival;
import org.cistern.upstream.wire.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try of a request at one endpoint, from connecting until the end of the response's body. What
 * comes of it goes to its exchange, exactly once; what Vert.x says later is not listened to.
 */
final class Attempt implements RequestPump.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  static final String UNASKED = "switched to a protocol that nobody had asked for";

  private final Exchange exchange;
  private final Endpoint endpoint;
  private @Nullable Sending sending;
  private @Nullable ResponseBody body;
  private Instant sentAt = Instant.EPOCH;
  private boolean over;

  Attempt(Exchange exchange, Endpoint endpoint) {
    this.exchange = exchange;
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Tells whether nothing of it is of use any more. */
  boolean isOver() {
    return over;
  }

  /** Returns when the request was written. */
  Instant sentAt() {
    return sentAt;
  }

  /** Asks for a connection, and goes on from there. */
  void start() {
    endpoint.begin();
    Lease kept = exchange.lane().kept().take(endpoint);
    if (kept != null && exchange.isPlain()) {
      send(kept);
    } else {
      connect(kept);
    }
  }

  /** What is kept counts at Vert.x as in use, so it goes back where Vert.x has to find it. */
  private void connect(@Nullable Lease kept) {
    if (kept != null) {
      kept.giveBack();
    }
    exchange.lane().kept().connecting(endpoint);
    request().onComplete(this::connected);
  }

  /** A client that is closed, for the gateway goes down, throws. */
  private Future<HttpClientRequest> request() {
    try {
      return exchange.lane().http().request(endpoint.route());
    } catch (IllegalStateException closed) {
      return Future.failedFuture(closed);
    }
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    exchange.lane().kept().connected(endpoint);
    if (over) {
      // The exchange ended meanwhile.
      if (result.succeeded()) {
        StreamSending.giveBack(result.result());
      }
    } else if (result.failed()) {
      Throwable cause = result.cause();
      fail(Failures.connecting(cause), "cannot be reached: " + Failures.words(cause));
    } else {
      connected(result.result());
    }
  }

  private void connected(HttpClientRequest ready) {
    Lease lease = exchange.isPlain() ? Lease.take(ready) : null;
    if (lease == null) {
      send(ready);
    } else {
      send(lease);
    }
  }

  private void send(HttpClientRequest ready) {
    Sending made;
    try {
      made = new StreamSending(ready, exchange, this);
    } catch (IllegalArgumentException refused) {
      StreamSending.giveBack(ready);
      refuse(refused);
      return;
    }
    send(made);
  }

  private void send(Lease lease) {
    Sending made;
    try {
      made = new PlainSending(exchange, this, lease);
    } catch (IllegalArgumentException refused) {
      keep(lease);
      refuse(refused);
      return;
    }
    send(made);
  }

  private void send(Sending ready) {
    sending = ready;
    sentAt = exchange.site().sent(endpoint);
    ready.start();
  }

  /** The connection waits for the next request. */
  void keep(Lease lease) {
    exchange.lane().kept().put(endpoint, lease);
  }

  private void refuse(IllegalArgumentException why) {
    fail(Kind.REQUEST, "cannot be asked so: " + why.getMessage());
  }

  /** The head of the response is here, with a socket where the protocol changed. */
  void answered(Arrival arrival, ResponseBody arriving, @Nullable NetSocket socket) {
    if (over) {
      return;
    }
    String problem = arrival.problem();
    if (problem != null) {
      fail(Kind.PROTOCOL, "did not speak HTTP: " + problem);
      return;
    }
    body = arriving;
    try {
      exchange.head(this, arriving, socket, arrival);
    } catch (RuntimeException e) {
      unread(e);
    }
  }

  /** What throws here is ours, but the connection and the place at the gate must not stay taken. */
  private void unread(RuntimeException why) {
    LOG.warn("the response of an upstream cannot be read", why);
    if (!exchange.isTold()) {
      body = null;
    }
    fail(Kind.PROTOCOL, "answered with what cannot be read: " + why.getMessage());
  }

  /** The request's body may go now: told by a 100, or by waiting long enough. */
  void goOn() {
    if (sending != null) {
      sending.goOn();
    }
  }

  /** The connection failed, before the head or after it. */
  void broke(Throwable cause) {
    Kind kind = Failures.talking(cause);
    String what = kind == Kind.PROTOCOL ? "did not speak HTTP: " : "broke off: ";
    fail(kind, what + cause.getMessage());
  }

  /** Ends it as a failure and closes the connection behind it. */
  void fail(Kind kind, String what) {
    if (over) {
      return;
    }
    boolean again = !kind.isAskers() && repeatable();
    boolean silent = sending == null || !sending.answering();
    stop();
    String sentence = exchange.site().sentence(endpoint, what);
    UpstreamFailure failure = new UpstreamFailure(kind, sentence, 0, again);
    if (body != null) {
      exchange.ended(kind);
      body.fail(failure);
    } else {
      exchange.failed(this, failure, again && silent);
    }
  }

  /** Ends it where it takes too long; a body that its sender keeps back is not our upstream's. */
  void late(String what) {
    if (body == null && sending != null && sending.starved()) {
      fail(Kind.REQUEST_TIMEOUT, "was not asked to the end: the request's body came to a halt");
    } else {
      fail(Kind.TIMEOUT, what);
    }
  }

  /**
   * Tells whether the request may be sent once more: nothing of it was sent, or it is idempotent
   * and its body is still there.
   */
  private boolean repeatable() {
    return sending == null || (exchange.outgoing().idempotent() && !sending.touched());
  }

  /** Tells whether it met a kept connection that was closed meanwhile, which is nobody's fault. */
  boolean stale() {
    return sending != null && sending.stale();
  }

  /** Tells whether it is the upstream's turn: not while the response's reader pauses. */
  boolean awaited() {
    return body == null || body.wanted();
  }

  /** The response came whole. */
  void ended() {
    if (!over) {
      over = true;
      leave();
      exchange.ended(null);
    }
  }

  /**
   * Ends it without a word to anyone. What is here of a response is taken off first: one that came
   * whole has given its connection back, and it may be somebody else's by now.
   */
  void drop() {
    if (body == null || exchange.outgoing().upgrade() != null) {
      stop();
    } else if (!over) {
      over = true;
      ResponseBody dropped = body;
      dropped.drop();
      exchange.later(() -> end(dropped.arrived()));
    }
  }

  private void stop() {
    if (!over) {
      over = true;
      end(false);
    }
  }

  private void end(boolean arrived) {
    if (arrived) {
      leave();
    } else {
      close();
    }
  }

  /**
   * Leaves the connection, which goes on but for an upload that is of no use to anyone any more.
   */
  private void leave() {
    if (sending != null && (sending.stop() || exchange.outgoing().upgrade() != null)) {
      sending.reset();
    }
    endpoint.end();
  }

  private void close() {
    if (sending != null) {
      sending.stop();
      sending.reset();
    }
    endpoint.end();
  }

  @Override
  public void progress() {
    if (over) {
      return;
    }
    boolean moving = body != null || (sending != null && sending.uploading());
    if (moving) {
      exchange.patience().awaitMore();
    } else {
      exchange.patience().awaitHead();
    }
  }

  @Override
  public void broken(String why) {
    fail(Kind.REQUEST, "was not asked to the end: " + why);
  }
}
