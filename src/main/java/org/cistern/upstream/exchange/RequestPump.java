package org.cistern.upstream.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;

/**
 * The way of a request's body to an upstream, at the pace of the slower side. It also holds the
 * body to its declared length: a byte more would be taken for the next request.
 */
final class RequestPump {

  /** Is told how it goes. */
  interface Listener {

    /** A part of the body passed on. */
    void progress();

    /** The body broke off, or is not as long as declared. */
    void broken(String why);
  }

  private final ReadStream<Buffer> source;
  private final long length;
  private final HttpClientRequest sink;
  private final Listener listener;
  private long passed;
  private boolean started;
  private boolean touched;
  private boolean over;

  RequestPump(ReadStream<Buffer> source, long length, HttpClientRequest sink, Listener listener) {
    this.source = source;
    this.length = length;
    this.sink = sink;
    this.listener = listener;
  }

  /** Begins to pass the body on. */
  void start() {
    if (started || over) {
      return;
    }
    started = true;
    source.exceptionHandler(failure -> fail("broke off"));
    source.endHandler(nothing -> end());
    source.handler(this::pass);
    sink.drainHandler(nothing -> drained());
    listener.progress();
    source.resume();
  }

  /** Tells whether the body was read from, so that it cannot be sent again. */
  boolean touched() {
    return touched;
  }

  /** Tells whether parts are still to come. */
  boolean running() {
    return started && !over;
  }

  /** Tells whether it has passed on all that came, and waits for more of it. */
  boolean starved() {
    return running() && !sink.writeQueueFull();
  }

  /** Reads no further; tells whether there would have been more. */
  boolean stop() {
    boolean more = !over;
    over = true;
    if (more && started) {
      source.pause();
    }
    return more;
  }

  private void pass(Buffer part) {
    touched = true;
    if (over) {
      return;
    }
    passed += part.length();
    if (length >= 0 && passed > length) {
      fail("is longer than it said");
    } else if (part.length() > 0) {
      write(part);
    }
  }

  private void write(Buffer part) {
    sink.write(part).onSuccess(nothing -> listener.progress());
    if (sink.writeQueueFull()) {
      source.pause();
    }
  }

  private void drained() {
    if (!over) {
      source.resume();
    }
  }

  private void end() {
    touched = true;
    if (!over && length >= 0 && passed < length) {
      fail("is shorter than it said");
    } else if (!over) {
      over = true;
      sink.end();
      listener.progress();
    }
  }

  private void fail(String why) {
    if (!over) {
      stop();
      listener.broken("the request's body " + why);
    }
  }
}
