package org.cistern.upstream;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.cistern.http.Headers;
import org.cistern.upstream.UpstreamFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One try of a request at one endpoint, from connecting until the end of the response's body. What
 * comes of it goes to its exchange, exactly once; what Vert.x says later is not listened to.
 */
final class Attempt implements RequestPump.Listener {

  private static final long CANCEL = 8;

  private final Exchange exchange;
  private final Endpoint endpoint;
  private @Nullable HttpClientRequest request;
  private @Nullable RequestPump pump;
  private @Nullable ResponseBody body;
  private @Nullable Wire wire;
  private Instant sentAt = Instant.EPOCH;
  private boolean over;

  Attempt(Exchange exchange, Endpoint endpoint) {
    this.exchange = exchange;
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Returns when the request was written. */
  Instant sentAt() {
    return sentAt;
  }

  /** Asks for a connection, and goes on from there. */
  void start() {
    endpoint.begin();
    exchange.lane().http().request(endpoint.route()).onComplete(this::connected);
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (over) {
      giveBack(result);
    } else if (result.failed()) {
      Throwable cause = result.cause();
      fail(Failures.connecting(cause), "cannot be reached: " + cause.getMessage());
    } else {
      send(result.result());
    }
  }

  /** The exchange ended meanwhile; a request never written gives its connection back unharmed. */
  private static void giveBack(AsyncResult<HttpClientRequest> result) {
    if (result.succeeded()) {
      result.result().exceptionHandler(reset -> {}).reset(CANCEL);
    }
  }

  private void send(HttpClientRequest ready) {
    Outgoing outgoing = exchange.outgoing();
    request = ready;
    sentAt = exchange.loop().site().sent(endpoint);
    listen(ready);
    Heads.write(outgoing, endpoint.instance(), ready);
    ready.response().onComplete(this::answered);
    ReadStream<Buffer> source = outgoing.body();
    if (outgoing.upgrade() != null) {
      // The end stays open: after a 101 both sides go on writing.
      ready.exceptionHandler(this::broke).connect();
    } else if (source == null) {
      ready.end();
    } else {
      upload(ready, new RequestPump(source, outgoing.length(), ready, this));
    }
  }

  private void upload(HttpClientRequest ready, RequestPump upload) {
    pump = upload;
    ready.exceptionHandler(this::broke);
    ready.sendHead();
    if (exchange.outgoing().expectsContinue()) {
      exchange.awaitContinue();
    } else {
      upload.start();
    }
  }

  private void listen(HttpClientRequest ready) {
    wire = Wire.of(ready.connection());
    if (wire != null) {
      wire.begin(exchange);
    } else if (ready.version() == HttpVersion.HTTP_2) {
      ready.continueHandler(nothing -> exchange.interim(100, Headers.empty()));
      ready.earlyHintsHandler(fields -> exchange.interim(103, Heads.fields(fields)));
    }
  }

  /** The request's body may go now: told by a 100, or by waiting long enough. */
  void goOn() {
    if (pump != null) {
      pump.start();
    }
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (over) {
      return;
    }
    if (result.failed()) {
      broke(result.cause());
    } else if (result.result().statusCode() == 101) {
      switched(result.result());
    } else {
      body = new ResponseBody(this, result.result());
      exchange.head(this, body, null, result.result());
    }
  }

  /** The connection belongs to whoever asked; it counts as in progress until it closes. */
  private void switched(HttpClientResponse response) {
    ResponseBody none = new ResponseBody(this, response);
    body = none;
    response.request().connection().closeHandler(nothing -> ended());
    exchange.head(this, none, response.netSocket(), response);
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
    boolean repeatable = repeatable();
    stop();
    String sentence = exchange.loop().site().sentence(endpoint, what);
    UpstreamFailure failure = new UpstreamFailure(kind, sentence);
    if (body != null) {
      exchange.ended(kind);
      body.fail(failure);
    } else {
      exchange.failed(this, failure, repeatable);
    }
  }

  /**
   * Tells whether the request may be sent once more: nothing of it was sent, or it is idempotent,
   * no byte came back, and its body is still there.
   */
  private boolean repeatable() {
    boolean answering = wire != null && wire.answering();
    boolean read = pump != null && pump.touched();
    return request == null || (exchange.outgoing().idempotent() && !answering && !read);
  }

  /** Tells whether it met a kept connection that was closed meanwhile, which is nobody's fault. */
  boolean stale() {
    return wire != null && wire.reused() && !wire.answering();
  }

  /** Tells whether it is the upstream's turn: not while the response's reader pauses. */
  boolean awaited() {
    return body == null || body.wanted();
  }

  /** The response came whole. An upload still under way is of no use to anyone any more. */
  void ended() {
    if (over) {
      return;
    }
    over = true;
    boolean unsent = pump != null && pump.stop();
    if (unsent || exchange.outgoing().upgrade() != null) {
      reset();
    }
    endpoint.end();
    exchange.ended(null);
  }

  /** Ends it without a word to anyone. */
  void drop() {
    if (body != null) {
      body.drop();
    }
    stop();
  }

  private void stop() {
    if (!over) {
      over = true;
      if (pump != null) {
        pump.stop();
      }
      reset();
      endpoint.end();
    }
  }

  private void reset() {
    if (request != null) {
      request.reset(CANCEL);
    }
  }

  @Override
  public void progress() {
    if (!over) {
      // Idle time counts while either body moves; the head's time once the request is out.
      exchange.progress(body == null && (pump == null || !pump.running()));
    }
  }

  @Override
  public void broken(String why) {
    fail(Kind.REQUEST, "was not asked to the end: " + why);
  }
}
