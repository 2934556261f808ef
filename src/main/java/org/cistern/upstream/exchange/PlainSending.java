package org.cistern.upstream.exchange;

import org.cistern.http.HeadBytes;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.wire.Arrival;
import org.cistern.upstream.wire.Lease;
import org.cistern.upstream.wire.RequestHeads;
import org.cistern.upstream.wire.Turn;

/** A request without a body, past Vert.x: its head is written as bytes. */
final class PlainSending implements Sending {

  private final Exchange exchange;
  private final Attempt attempt;
  private final Lease lease;
  private final HeadBytes head;
  private final Turn turn;

  /**
   * Makes a request ready.
   *
   * @throws IllegalArgumentException where a part of the head would break out of its line
   */
  PlainSending(Exchange exchange, Attempt attempt, Lease lease) {
    this.exchange = exchange;
    this.attempt = attempt;
    this.lease = lease;
    this.head = RequestHeads.encode(exchange.outgoing(), attempt.endpoint().instance());
    this.turn = new Turn(lease, exchange.context(), this::answered, attempt::broke);
  }

  @Override
  public void start() {
    lease.send(head, turn, exchange, attempt::keep);
  }

  private void answered(Arrival arrival) {
    if (arrival.status() == 101) {
      attempt.fail(Kind.PROTOCOL, Attempt.UNASKED);
    } else {
      attempt.answered(arrival, new ResponseBody(attempt, turn.body(), turn::trailers), null);
    }
  }

  @Override
  public void goOn() {}

  @Override
  public boolean uploading() {
    return false;
  }

  @Override
  public boolean starved() {
    return false;
  }

  @Override
  public boolean touched() {
    return false;
  }

  @Override
  public boolean answering() {
    return lease.answering();
  }

  @Override
  public boolean stale() {
    return lease.reused() && !answering();
  }

  @Override
  public boolean stop() {
    lease.end(exchange);
    return false;
  }

  @Override
  public void reset() {
    lease.close(turn);
  }
}
