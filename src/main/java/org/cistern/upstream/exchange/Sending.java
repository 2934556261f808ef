package org.cistern.upstream.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.HeadBytes;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.wire.HeadWriter;
import org.cistern.upstream.wire.RequestHeads;
import org.cistern.upstream.wire.ResponseHeads;
import org.cistern.upstream.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The request's side of an attempt, once a connection stands.
 *
 * @param request what is written to
 * @param wire what watches the connection, or null for HTTP/2
 * @param pump what passes the body on, or null where there is none
 */
record Sending(HttpClientRequest request, @Nullable Wire wire, @Nullable RequestPump pump) {

  private static final long CANCEL = 8;

  /**
   * Takes a connection for a request and makes the head ready.
   *
   * @throws IllegalArgumentException where a part of the head would break out of its line; the
   *     connection is as it was then
   */
  static Sending head(HttpClientRequest request, Exchange exchange, Attempt attempt) {
    Outgoing outgoing = exchange.outgoing();
    Wire wire = Wire.of(request.connection());
    HeadBytes bytes = ready(request, wire, exchange, attempt.endpoint().instance());
    listen(request, wire, exchange);
    if (wire != null) {
      wire.heads().next(bytes);
    }
    ReadStream<Buffer> source = outgoing.body();
    RequestPump pump =
        source == null ? null : new RequestPump(source, outgoing.length(), request, attempt);
    return new Sending(request, wire, pump);
  }

  /** Returns the head as bytes, or null where Vert.x has it and writes it. */
  private static @Nullable HeadBytes ready(
      HttpClientRequest request, @Nullable Wire wire, Exchange exchange, Instance instance) {
    Outgoing outgoing = exchange.outgoing();
    // Where HTTP/2 is wished for, Vert.x may add to a head what asks for it.
    if (wire != null && !exchange.site().options().http2() && HeadWriter.takes(outgoing)) {
      return RequestHeads.encode(outgoing, instance, request);
    }
    RequestHeads.write(outgoing, instance, request);
    return null;
  }

  private static void listen(HttpClientRequest request, @Nullable Wire wire, Exchange exchange) {
    if (wire != null) {
      wire.begin(exchange);
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.continueHandler(nothing -> exchange.interim(100, Headers.empty()));
      request.earlyHintsHandler(fields -> exchange.interim(103, ResponseHeads.fields(fields)));
    }
  }

  /** Begins to send; a body that is expected waits. */
  void start(Exchange exchange, Attempt attempt) {
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

  /** The body may go now. */
  void goOn() {
    if (pump != null) {
      pump.start();
    }
  }

  /** Tells whether a part of the body is still to come. */
  boolean uploading() {
    return pump != null && pump.running();
  }

  /** Tells whether it waits for a part of the body that whoever asks has not sent yet. */
  boolean starved() {
    return pump != null && pump.starved();
  }

  /** Tells whether the body was read from, so that it cannot be sent again. */
  boolean touched() {
    return pump != null && pump.touched();
  }

  /** Tells whether a byte of a response came. */
  boolean answering() {
    return wire != null && wire.answering();
  }

  /** Tells whether it met a kept connection that was closed meanwhile, which is nobody's fault. */
  boolean stale() {
    return wire != null && wire.reused() && !answering();
  }

  /** Reads no more of the body; tells whether there would have been more. */
  boolean stop(Exchange exchange) {
    if (wire != null) {
      wire.end(exchange);
    }
    return pump != null && pump.stop();
  }

  /** Closes the connection, or the stream. */
  void reset() {
    request.reset(CANCEL);
  }

  /** Gives the connection of a request never written back unharmed. */
  static void giveBack(HttpClientRequest request) {
    request.exceptionHandler(reset -> {}).reset(CANCEL);
  }
}
