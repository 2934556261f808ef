package org.cistern.camel.fetch;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * A response by which the origin takes back what a store has, once it is whole: one that breaks off
 * has said nothing.
 */
final class LastWord extends Relay {

  private final Runnable takenBack;

  LastWord(Incoming incoming, Runnable takenBack) {
    super(incoming);
    this.takenBack = takenBack;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    return super.endHandler(handler == null ? null : nothing -> ended(handler));
  }

  private void ended(Handler<Void> handler) {
    takenBack.run();
    handler.handle(null);
  }
}
