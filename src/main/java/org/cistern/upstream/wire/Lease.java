package org.cistern.upstream.wire;

import io.vertx.core.http.HttpClientRequest;
import java.util.function.Consumer;
import org.cistern.http.HeadBytes;
import org.cistern.http.KeepAlive;
import org.cistern.upstream.message.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * A connection that was taken from Vert.x for longer than one request; requests without a body go
 * over it one after the other. The pool of Vert.x counts it as in use until it is given back or
 * closed.
 */
public final class Lease {

  private static final long CANCEL = 8;

  private final HttpClientRequest request;
  private final Wire wire;
  private final Responses responses = new Responses(this);
  private @Nullable Consumer<Lease> free;
  private boolean done;
  private int hint = KeepAlive.UNSAID;

  private Lease(HttpClientRequest request, Wire wire) {
    this.request = request.exceptionHandler(closed -> {});
    this.wire = wire;
  }

  /** Takes the connection of a request of which nothing is written; null where it is HTTP/2. */
  public static @Nullable Lease take(HttpClientRequest request) {
    Wire wire = Wire.of(request.connection());
    if (wire == null) {
      return null;
    }
    Lease lease = new Lease(request, wire);
    wire.rest();
    wire.join(lease.responses);
    return lease;
  }

  /** Gives the connection back to Vert.x; nothing may be under way on it. */
  public void giveBack() {
    wire.leave(responses);
    request.reset(CANCEL);
  }

  /**
   * Sends a request.
   *
   * @param head its head; there is no body
   * @param turn is told of its response
   * @param interim is told of its interim responses
   * @param whenFree is given the connection once the response is here whole, and it can go on
   */
  public void send(HeadBytes head, Turn turn, Outgoing.Interim interim, Consumer<Lease> whenFree) {
    free = whenFree;
    done = false;
    responses.begin(turn);
    wire.begin(interim);
    wire.write(head);
  }

  /** The request that told of its interim responses there is over. */
  public void end(Outgoing.Interim interim) {
    wire.end(interim);
  }

  /** The response of this turn is here whole. */
  void finish(Turn turn) {
    responses.end();
    done = true;
    hint = turn.keepAlive();
    if (hint == 0 || wire.hasSurplus()) {
      close();
    }
  }

  /** What was read at once is decoded: nothing stands behind a response that ended in it. */
  void roundEnded() {
    Consumer<Lease> next = free;
    if (done && next != null) {
      done = false;
      free = null;
      if (isOpen()) {
        next.accept(this);
      }
    }
  }

  /** Stops reading, or goes on. */
  void hold(boolean stop) {
    wire.hold(stop);
  }

  /** Tells whether the connection stands and nobody is about to close it. */
  public boolean isOpen() {
    return wire.isOpen();
  }

  /** Returns for how many seconds its peer says to keep it. */
  public int hint() {
    return hint;
  }

  /** Tells whether an earlier request was answered on it. */
  public boolean reused() {
    return wire.reused();
  }

  /** Tells whether a byte came since the request began. */
  public boolean answering() {
    return wire.answering();
  }

  /** Closes the connection, and with it what is under way; what still comes is nobody's. */
  public void close() {
    free = null;
    responses.close();
    wire.close();
  }

  /** Closes the connection, if this turn is still on it. */
  public void close(Turn turn) {
    if (responses.isFor(turn)) {
      close();
    }
  }
}
