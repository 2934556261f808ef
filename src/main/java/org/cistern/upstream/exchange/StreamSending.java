package org.cistern.upstream.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.wire.RequestHeads;
import org.cistern.upstream.wire.ResponseHeads;
import org.cistern.upstream.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A request through Vert.x: one with a body, over HTTP/2, or to another protocol.
 *
 * @param request what is written to
 * @param wire what watches the connection, or null for HTTP/2
 * @param pump what passes the body on, or null where there is none
 */
record StreamSending(HttpClientRequest request, @Nullable Wire wire, @Nullable RequestPump pump)
    implements Sending {

  private static final long CANCEL = 8;

  /**
   * Takes a connection for a request and makes the head ready.
   *
   * @throws IllegalArgumentException where a part of the head would break out of its line; the
   *     connection is as it was then
   */
  static StreamSending head(HttpClientRequest request, Exchange exchange, Attempt attempt) {
    Outgoing outgoing = exchange.outgoing();
    Wire wire = Wire.of(request.connection());
    RequestHeads.write(outgoing, attempt.endpoint().instance(), request);
    listen(request, wire, exchange);
    ReadStream<Buffer> source = outgoing.body();
    RequestPump pump =
        source == null ? null : new RequestPump(source, outgoing.length(), request, attempt);
    return new StreamSending(request, wire, pump);
  }

  private static void listen(HttpClientRequest request, @Nullable Wire wire, Exchange exchange) {
    if (wire != null) {
      wire.begin(exchange);
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.continueHandler(nothing -> exchange.interim(100, Headers.empty()));
      request.earlyHintsHandler(fields -> exchange.interim(103, ResponseHeads.fields(fields)));
    }
  }

  @Override
  public void start(Exchange exchange, Attempt attempt) {
    if (exchange.outgoing().upgrade() != null) {
      // The end stays open: after a 101 both sides go on writing.
      request.exceptionHandler(attempt::broke).connect();
    } else if (pump == null) {
      request.end();
    } else {
      request.exceptionHandler(attempt::broke).sendHead();
      if (exchange.outgoing().expectsContinue()) {
        exchange.awaitContinue();
      } else {
        pump.start();
      }
    }
  }

  @Override
  public void goOn() {
    if (pump != null) {
      pump.start();
    }
  }

  @Override
  public boolean uploading() {
    return pump != null && pump.running();
  }

  @Override
  public boolean starved() {
    return pump != null && pump.starved();
  }

  @Override
  public boolean touched() {
    return pump != null && pump.touched();
  }

  @Override
  public boolean answering() {
    return wire != null && wire.answering();
  }

  @Override
  public boolean stale() {
    return wire != null && wire.reused() && !answering();
  }

  @Override
  public boolean stop(Exchange exchange) {
    if (wire != null) {
      wire.end(exchange);
    }
    return pump != null && pump.stop();
  }

  @Override
  public void reset() {
    request.reset(CANCEL);
  }

  /** Gives the connection of a request never written back unharmed. */
  static void giveBack(HttpClientRequest request) {
    request.exceptionHandler(reset -> {}).reset(CANCEL);
  }
}
