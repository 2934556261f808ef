package org.cistern.upstream.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Pending;
import org.jspecify.annotations.Nullable;

/** A response as it comes from an attempt. */
record Received(Head head, ResponseBody received, @Nullable NetSocket socket, Pending call)
    implements Incoming {

  @Override
  public ReadStream<Buffer> body() {
    return received;
  }

  @Override
  public Headers trailers() {
    return received.trailers();
  }

  @Override
  public void cancel() {
    call.cancel();
  }
}
