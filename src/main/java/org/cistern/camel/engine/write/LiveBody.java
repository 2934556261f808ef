package org.cistern.camel.engine.write;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.function.IntConsumer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way to the client while it arrives, at the pace of the slower side.
 *
 * <p>What arrives together with the head goes out together with it: the first part waits for the
 * event loop's next turn, so that a small body that is whole by then is one write and has a length.
 * A head whose body keeps it waiting goes out alone, at the same turn.
 */
final class LiveBody {

  private static final Buffer NOTHING = Buffer.buffer(0);

  private final ClientCall call;
  private final Reply reply;
  private final ReadStream<Buffer> live;
  private final HttpServerResponse response;
  private final Runnable unbegun;
  private final IntConsumer done;
  private @Nullable Buffer first;
  private boolean over;

  /**
   * Makes it.
   *
   * @param unbegun answers in its place where it broke off before the head was written
   * @param done gets the status once all is written, or given up
   */
  LiveBody(
      ClientCall call, Reply reply, ReadStream<Buffer> live, Runnable unbegun, IntConsumer done) {
    this.call = call;
    this.reply = reply;
    this.live = live;
    this.response = call.response();
    this.unbegun = unbegun;
    this.done = done;
  }

  void start() {
    response.exceptionHandler(cause -> gone());
    response.closeHandler(closed -> gone());
    live.handler(this::part);
    live.endHandler(nothing -> end());
    live.exceptionHandler(this::broke);
    if (!over) {
      live.resume();
      call.context().runOnContext(nothing -> flush());
    }
  }

  private void part(Buffer part) {
    if (isOver()) {
      return;
    }
    if (first == null && !response.headWritten()) {
      first = part;
    } else {
      flush();
      write(part);
    }
  }

  private void flush() {
    if (!isOver() && !response.headWritten()) {
      Buffer waiting = first;
      first = null;
      write(waiting == null ? NOTHING : waiting);
    }
  }

  private void write(Buffer part) {
    if (isOver()) {
      return;
    }
    if (!response.headWritten() && reply.length() < 0) {
      frame();
    }
    response.write(part);
    if (response.writeQueueFull()) {
      live.pause();
      response.drainHandler(nothing -> drained());
    }
  }

  /** HTTP/1.0 knows no chunks: there the end of the connection is the end of the body. */
  private void frame() {
    if (call.request().version() == HttpVersion.HTTP_1_0) {
      Closing.announce(call);
    } else {
      response.setChunked(true);
    }
  }

  private void drained() {
    if (!isOver()) {
      live.resume();
    }
  }

  private void end() {
    if (isOver()) {
      return;
    }
    over = true;
    Buffer rest = trail(reply.trailers(), first == null ? NOTHING : first);
    if (Closing.isAnnounced(call)) {
      response.end(rest).onComplete(written -> call.request().connection().close());
    } else {
      response.end(rest);
    }
    done.accept(response.getStatusCode());
  }

  /** Puts trailers behind the body; returns what is left of that to be written. */
  private Buffer trail(Headers trailers, Buffer rest) {
    if (trailers.size() == 0 || call.request().version() == HttpVersion.HTTP_1_0) {
      return rest;
    }
    // A name may have several lines; putTrailer would leave the last of them.
    trailers.each(response.trailers()::add);
    return response.headWritten() || reply.length() >= 0 ? rest : written(rest);
  }

  /** The end alone would tell the length, and there are readers that stop at it. */
  private Buffer written(Buffer rest) {
    response.setChunked(true);
    response.write(rest);
    return NOTHING;
  }

  /** Breaks the response off, so that the client sees that it is not whole. */
  private void broke(Throwable cause) {
    if (isOver()) {
      return;
    }
    over = true;
    reply.cancel();
    call.passage().cut(cause);
    if (response.headWritten()) {
      breakOff();
    } else {
      unbegun.run();
    }
  }

  private void breakOff() {
    int status = response.getStatusCode();
    BreakOff.of(call.request());
    done.accept(status);
  }

  /** Whoever cuts the call off may have ended the response in the meantime. */
  private boolean isOver() {
    return over || response.ended();
  }

  private void gone() {
    if (!over) {
      over = true;
      reply.cancel();
      done.accept(BreakOff.status(response));
    }
  }
}
