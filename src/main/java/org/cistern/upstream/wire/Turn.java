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
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One request on an HTTP/1.1 connection and its response, past what Vert.x has for each request.
 * The body is paused at first, and parts that come meanwhile wait; where they are many, the
 * connection is not read any further.
 */
public final class Turn implements ReadStream<Buffer> {

  private final Wire wire;
  private final ContextInternal context;
  private final Handler<Arrival> answered;
  private final Handler<Throwable> broken;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>(2);
  private @Nullable Arrival head;
  private @Nullable MultiMap trailers;
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private long demand;
  private boolean keptAlive;
  private boolean complete;
  private boolean ended;
  private boolean draining;
  private boolean held;

  Turn(Wire wire, ContextInternal context, Handler<Arrival> answered, Handler<Throwable> broken) {
    this.wire = wire;
    this.context = context;
    this.answered = answered;
    this.broken = broken;
  }

  /** Returns the trailers; empty before the end is here. */
  public Headers trailers() {
    Arrival arrived = head;
    MultiMap fields = trailers;
    return arrived == null || fields == null
        ? Headers.empty()
        : ResponseHeads.trailers(arrived.fields(), fields);
  }

  /** Tells whether the connection goes on behind the response (RFC 9112 section 9.3). */
  boolean isKeptAlive() {
    return keptAlive && keepAliveHint() > 0;
  }

  /** Returns for how many seconds the peer says to keep the connection. */
  int keepAliveHint() {
    String said = head == null ? null : head.fields().get(HttpHeaders.KEEP_ALIVE);
    return said == null ? Integer.MAX_VALUE : KeepAlive.seconds(said);
  }

  /** Something of the response was decoded. */
  void read(Object message) {
    Throwable wrong = mistake(message);
    if (wrong != null) {
      wire.close();
      broke(wrong);
      return;
    }
    if (message instanceof HttpResponse response) {
      begin(response);
    }
    if (message instanceof HttpContent content) {
      part(content);
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

  private void part(HttpContent content) {
    if (content.content().isReadable()) {
      // What waits outlives the bytes that were read.
      Buffer part = Buffer.buffer(VertxHandler.safeBuffer(content.content().retain()));
      if (demand > 0 && waiting.isEmpty() && !draining) {
        context.emit(part, this::deliver);
      } else {
        waiting.add(part);
      }
    }
  }

  private void deliver(Buffer part) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    if (reader != null) {
      reader.handle(part);
    }
  }

  private void end(LastHttpContent last) {
    complete = true;
    release();
    trailers = new HeadersAdaptor(last.trailingHeaders());
    wire.finish(this);
    if (demand > 0 && waiting.isEmpty() && !draining) {
      context.emit(null, nothing -> finish());
    }
  }

  private void finish() {
    ended = true;
    if (ender != null) {
      ender.handle(null);
    }
  }

  /** All that came in this round is decoded: what nobody wants yet is not to become more. */
  void roundEnded() {
    if (!waiting.isEmpty() && !held) {
      held = true;
      wire.hold(true);
    }
  }

  /** The connection failed, or what came on it is no HTTP; nothing more comes. */
  void broke(Throwable cause) {
    context.emit(cause, broken);
  }

  private void drain(@Nullable Void nothing) {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (demand > 0 && !waiting.isEmpty()) {
        deliver(waiting.remove());
      }
    } finally {
      draining = false;
    }
    if (waiting.isEmpty()) {
      drained();
    }
  }

  private void drained() {
    release();
    if (complete && demand > 0 && !ended) {
      finish();
    }
  }

  private void release() {
    if (held) {
      held = false;
      wire.hold(false);
    }
  }

  @Override
  public Turn exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public Turn handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public Turn endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
    return this;
  }

  @Override
  public Turn pause() {
    demand = 0;
    return this;
  }

  @Override
  public Turn resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Turn fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (!waiting.isEmpty() || (complete && !ended)) {
      context.runOnContext(this::drain);
    }
    return this;
  }
}
