package org.cistern.flight;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** An answer while it arrives, as one passenger sees it; used on that passenger's context alone. */
public interface Live {

  /**
   * Returns the head. The one that asked gets it as the upstream sent it, everybody else gets the
   * fields as they are stored.
   */
  Incoming.Head head();

  /**
   * Returns the body, paused, at its first byte; every passenger has a stream of its own and reads
   * at its own pace. Its end handler runs only where the whole body came; after a cut, a stall or a
   * purge the exception handler runs instead (with {@link StreamReset} where it was the flight's
   * doing), and the client's response must be reset. Buffers must not be written to.
   */
  ReadStream<Buffer> body();

  /** Returns the trailers; empty until the body has ended. */
  Headers trailers();

  /**
   * Returns the stale answer that takes its place where it breaks off before any of it has gone to
   * the client, and the request allows that; null where there is none.
   */
  @Nullable Answer standIn();
}
