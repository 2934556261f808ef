package org.cistern.upstream.exchange;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.stream.Stream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.wire.Arrival;
import org.cistern.upstream.wire.RequestHeads;
import org.cistern.upstream.wire.ResponseHeads;
import org.cistern.upstream.wire.Wire;
import org.jspecify.annotations.Nullable;

/** A request through Vert.x: one with a body, over HTTP/2, or to another protocol. */
final class StreamSending implements Sending {

  private static final long CANCEL = 8;

  private final HttpClientRequest request;
  private final Exchange exchange;
  private final Attempt attempt;
  private final @Nullable Wire wire;
  private final @Nullable RequestPump pump;

  /**
   * Takes a connection for a request and makes the head ready.
   *
   * @throws IllegalArgumentException where a part of the head would break out of its line; the
   *     connection is as it was then
   */
  StreamSending(HttpClientRequest request, Exchange exchange, Attempt attempt) {
    Outgoing outgoing = exchange.outgoing();
    this.request = request;
    this.exchange = exchange;
    this.attempt = attempt;
    this.wire = Wire.of(request.connection());
    RequestHeads.write(outgoing, attempt.endpoint().instance(), request);
    ReadStream<Buffer> source = outgoing.body();
    this.pump =
        source == null ? null : new RequestPump(source, outgoing.length(), request, attempt);
  }

  @Override
  public void start() {
    listen();
    request.response().onComplete(this::answered);
    if (exchange.outgoing().upgrade() != null) {
      // The end stays open: after a 101 both sides go on writing.
      request.exceptionHandler(attempt::broke).connect();
    } else if (pump == null) {
      request.end();
    } else {
      request.exceptionHandler(attempt::broke).sendHead();
      upload(pump);
    }
  }

  private void listen() {
    if (wire != null) {
      wire.begin(exchange);
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.continueHandler(nothing -> exchange.interim(100, Headers.empty()));
      request.earlyHintsHandler(fields -> exchange.interim(103, ResponseHeads.fields(fields)));
    }
  }

  private void upload(RequestPump body) {
    if (exchange.outgoing().expectsContinue()) {
      exchange.awaitContinue();
    } else {
      body.start();
    }
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (attempt.isOver()) {
      return;
    }
    if (result.failed()) {
      attempt.broke(result.cause());
    } else if (result.result().statusCode() != 101) {
      attempt.answered(Arrival.of(result.result()), read(result.result()), null);
    } else {
      switched(result.result());
    }
  }

  private ResponseBody read(HttpClientResponse response) {
    return new ResponseBody(
        attempt, response, () -> ResponseHeads.trailers(response.headers(), response.trailers()));
  }

  /** The connection belongs to whoever asked; it counts as in progress until it closes. */
  private void switched(HttpClientResponse response) {
    if (isAskedFor(response.getHeader(HttpHeaders.UPGRADE))) {
      // Paused with the response, the socket would stay so: first the one, then the other.
      ResponseBody none = read(response);
      response.request().connection().closeHandler(nothing -> attempt.ended());
      attempt.answered(Arrival.of(response), none, response.netSocket());
    } else {
      // Nobody else hears of its end, and it is no news.
      response.exceptionHandler(reset -> {});
      attempt.fail(Kind.PROTOCOL, Attempt.UNASKED);
    }
  }

  /** RFC 9110 section 7.8: a 101 has to say what the connection speaks from now on. */
  private boolean isAskedFor(@Nullable String protocol) {
    String wanted = exchange.outgoing().upgrade();
    return wanted != null
        && protocol != null
        && Stream.of(protocol.split(",", -1))
            .anyMatch(each -> each.strip().equalsIgnoreCase(wanted));
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
  public boolean stop() {
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
