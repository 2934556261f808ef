package org.cistern.upstream.wire;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.http.KeepAlive;
import org.jspecify.annotations.Nullable;

/** One request's turn on a leased connection: its response, past what Vert.x has for each. */
public final class Turn {

  private final Lease lease;
  private final ContextInternal context;
  private final Handler<Arrival> answered;
  private final Handler<Throwable> broken;
  private final DecodedBody body;
  private @Nullable Arrival head;
  private @Nullable MultiMap trailers;
  private boolean keptAlive;

  /**
   * Makes the turn of a request that is about to be sent.
   *
   * @param context runs both handlers and those of the body
   * @param answered is told the head of the response
   * @param broken is told what ended it before its end
   */
  public Turn(
      Lease lease, ContextInternal context, Handler<Arrival> answered, Handler<Throwable> broken) {
    this.lease = lease;
    this.context = context;
    this.answered = answered;
    this.broken = broken;
    this.body = new DecodedBody(context, lease);
  }

  /** Returns the body; a failure is told to whoever made the turn. */
  public ReadStream<Buffer> body() {
    return body;
  }

  /** Returns the trailers; empty before the end is here. */
  public Headers trailers() {
    Arrival arrived = head;
    MultiMap fields = trailers;
    return arrived == null || fields == null
        ? Headers.empty()
        : ResponseHeads.trailers(arrived.fields(), fields);
  }

  /**
   * Returns for how many seconds the connection goes on behind the response; none where its framing
   * or its peer ends it (RFC 9112 section 9.3).
   */
  int keepAlive() {
    if (!keptAlive || head == null) {
      return 0;
    }
    String said = head.fields().get(HttpHeaders.KEEP_ALIVE);
    return said == null ? KeepAlive.UNSAID : KeepAlive.seconds(said);
  }

  /** Something of the response was decoded. */
  void read(Object message) {
    Throwable wrong = mistake(message);
    if (wrong != null) {
      lease.close();
      broke(wrong);
      return;
    }
    if (message instanceof HttpResponse response) {
      begin(response);
    }
    if (message instanceof HttpContent content && content.content().isReadable()) {
      body.add(content.content());
    }
    if (message instanceof LastHttpContent last) {
      end(last);
    }
  }

  private static @Nullable Throwable mistake(Object message) {
    if (!(message instanceof HttpObject part)) {
      return null;
    }
    if (part.decoderResult().isFailure()) {
      return part.decoderResult().cause();
    }
    return part instanceof HttpResponse response && version(response) == null
        ? new IllegalStateException("Unsupported HTTP version: " + response.protocolVersion())
        : null;
  }

  private static @Nullable HttpVersion version(HttpResponse response) {
    io.netty.handler.codec.http.HttpVersion version = response.protocolVersion();
    if (version.equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_1)) {
      return HttpVersion.HTTP_1_1;
    }
    return version.equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_0)
        ? HttpVersion.HTTP_1_0
        : null;
  }

  private void begin(HttpResponse response) {
    HttpVersion version = version(response);
    if (version != null) {
      keptAlive = HttpUtil.isKeepAlive(response);
      head = new Arrival(response.status().code(), version, new HeadersAdaptor(response.headers()));
      context.emit(head, answered);
    }
  }

  private void end(LastHttpContent last) {
    trailers = new HeadersAdaptor(last.trailingHeaders());
    lease.finish(this);
    body.end();
  }

  /** All that came in this round is decoded. */
  void roundEnded() {
    body.roundEnded();
  }

  /** The connection failed, or what came on it is no HTTP; nothing more comes. */
  void broke(Throwable cause) {
    context.emit(cause, broken);
  }
}
