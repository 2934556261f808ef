package org.cistern.camel.call;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.cistern.http.forwarding.Client;
import org.cistern.http.uri.Target;
import org.cistern.loop.ByteBudget;
import org.jspecify.annotations.Nullable;

/** A client's request on the front route, with what the steps have found out about it. */
public final class ClientCall extends Call implements Enrolled {

  private final HttpServerRequest request;
  private final String method;
  private final Client client;
  private boolean hasBody;
  private final Instant arrival;
  private final long startNanos;
  private final Passage passage = new Passage();
  private final RequestIds ids;
  private @Nullable String requestId;
  private ByteBudget.@Nullable Share share;
  private boolean awaitsContinue;
  private boolean closing;
  private boolean finished;
  private boolean left;
  private int place;

  /**
   * Makes the call of a request.
   *
   * @param ids where the ids of requests come from
   * @param arrival when it arrived
   * @param startNanos {@link System#nanoTime()} at the arrival
   */
  public ClientCall(
      HttpServerRequest request,
      ContextInternal context,
      Target target,
      Client client,
      RequestIds ids,
      Instant arrival,
      long startNanos) {
    super(context, request.headers(), target);
    this.request = request;
    this.method = request.method().name();
    this.client = client;
    this.ids = ids;
    this.hasBody = pauseBody(request);
    this.awaitsContinue = hasBody && Expectation.isOf(request);
    this.arrival = arrival;
    this.startNanos = startNanos;
  }

  /** A body waits for the step that wants it; without one the request is over already. */
  private static boolean pauseBody(HttpServerRequest request) {
    boolean body = Announced.isBody(request);
    boolean unframed = request.version() == HttpVersion.HTTP_2 && goesOn(request);
    if (body || unframed) {
      request.pause();
    }
    return body || unframed;
  }

  /** Tells whether what comes behind the head may be no more than the end, and that soon. */
  public boolean mayEndAtOnce() {
    return hasBody
        && request.version() == HttpVersion.HTTP_2
        && (request.method().equals(HttpMethod.GET) || isHead())
        && length() < 0
        && !awaitsContinue;
  }

  /** Has no body any more where the stream has ended meanwhile, and nothing came on it. */
  public void settle() {
    if (!goesOn(request) && request.bytesRead() == 0) {
      hasBody = false;
      request.resume();
    }
  }

  /** A stream says with its head whether anything comes behind it (RFC 9113 section 8.1). */
  private static boolean goesOn(HttpServerRequest request) {
    if (ByUpgrade.is(request)) {
      // What framed it is gone; without a frame HTTP/1.1 has no body (RFC 9112 section 6.3).
      return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    Http2ConnectionHandler streams = channel.pipeline().get(Http2ConnectionHandler.class);
    Http2Stream stream = streams.connection().stream(request.response().streamId());
    return stream == null || stream.state() != Http2Stream.State.HALF_CLOSED_REMOTE;
  }

  @Override
  public String method() {
    return method;
  }

  /** Returns the server's request. */
  public HttpServerRequest request() {
    return request;
  }

  /** Returns the server's response. */
  public HttpServerResponse response() {
    return request.response();
  }

  /** Returns when the request arrived. */
  public Instant arrival() {
    return arrival;
  }

  /** Returns {@link System#nanoTime()} at the arrival. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns what the steps have found out. */
  public Passage passage() {
    return passage;
  }

  /** Asks for the connection to be closed after the reply (HTTP/1), as a drain does. */
  public void close() {
    closing = true;
  }

  /** Tells whether the client still waits for a word before it sends the body. */
  public boolean awaitsContinue() {
    return awaitsContinue;
  }

  @Override
  @Nullable ReadStream<Buffer> source() {
    TakenBody taken = passage.body();
    return !hasBody ? null : taken == null ? request : taken.stream();
  }

  @Override
  long sourceLength() {
    return Announced.length(request);
  }

  @Override
  public void goOn() {
    if (awaitsContinue && !response().ended() && !response().closed()) {
      awaitsContinue = false;
      response().writeContinue();
    }
  }

  /** Returns the request's id, made at the first demand; null where there are to be none. */
  public @Nullable String requestId() {
    if (requestId == null) {
      requestId = ids.of(this);
    }
    return requestId;
  }

  /** Returns the id to tell the client: where it brought one, or where one was needed; or null. */
  public @Nullable String requestIdForClient() {
    return requestId == null && ids.brought(this) ? requestId() : requestId;
  }

  /** Tells whether this is the first time that the call is finished. */
  public boolean finish() {
    boolean first = !finished;
    finished = true;
    return first;
  }

  /** Returns what its bodies hold of a budget, until it is over; from then on nothing. */
  ByteBudget.Share share(ByteBudget budget) {
    if (share == null) {
      share = budget.share();
      if (left) {
        share.end();
      }
    }
    return share;
  }

  /** Tells whether this is the first time that the call is told to be over. */
  public boolean leave() {
    boolean first = !left;
    left = true;
    if (share != null) {
      share.end();
    }
    return first;
  }

  @Override
  public EventLoop loop() {
    return context().nettyEventLoop();
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void place(int at) {
    place = at;
  }

  /** Tells whether the connection closes after the reply. */
  public boolean closing() {
    return closing;
  }

  /** Tells whether the request has a body, which is paused until a step reads it. */
  public boolean hasBody() {
    return hasBody;
  }

  /** Returns who asks, as far as proxies before us are believed. */
  public Client client() {
    return client;
  }

  /** Tells whether the client wants no body. */
  public boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }
}
