package org.cistern.upstream.exchange;

import org.cistern.http.HeadBytes;
import org.cistern.upstream.wire.Turn;
import org.cistern.upstream.wire.Wire;

/**
 * A request without a body, past Vert.x: its head is written as bytes.
 *
 * @param wire the connection
 * @param head what is written
 * @param turn the response
 */
record PlainSending(Wire wire, HeadBytes head, Turn turn) implements Sending {

  @Override
  public void start(Exchange exchange, Attempt attempt) {
    wire.begin(exchange);
    wire.send(head);
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
    return wire.answering();
  }

  @Override
  public boolean stale() {
    return wire.reused() && !answering();
  }

  @Override
  public boolean stop(Exchange exchange) {
    wire.end(exchange);
    return false;
  }

  @Override
  public void reset() {
    wire.close(turn);
  }
}
