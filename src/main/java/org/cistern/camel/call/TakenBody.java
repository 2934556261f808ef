package org.cistern.camel.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body of which a part was read before the upstream is asked.
 *
 * @param read what was read
 * @param rest what follows it, paused, or null where all was read
 * @param length the length of the whole in bytes, or -1 where it is not known
 */
public record TakenBody(Buffer read, @Nullable ReadStream<Buffer> rest, long length) {

  /** Returns a body that was read to its end. */
  public static TakenBody whole(Buffer all) {
    return new TakenBody(all, null, all.length());
  }

  /** Tells whether it was read to its end, and so can be sent more than once. */
  public boolean isWhole() {
    return rest == null;
  }

  /** Returns all of it from the first byte on, paused. */
  public ReadStream<Buffer> stream() {
    return new Replay(read, rest);
  }
}
