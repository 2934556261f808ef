package org.cistern.camel.component;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.upstream.Incoming;
import org.jspecify.annotations.Nullable;

/** A response whose head the route has changed. */
final class EditedIncoming implements Incoming {

  private final Incoming incoming;
  private final Head head;

  EditedIncoming(Incoming incoming, Headers headers) {
    Head came = incoming.head();
    this.incoming = incoming;
    this.head =
        new Head(
            came.status(),
            headers,
            came.length(),
            came.closeDelimited(),
            came.requestTime(),
            came.responseTime());
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public ReadStream<Buffer> body() {
    return incoming.body();
  }

  @Override
  public Headers trailers() {
    return incoming.trailers();
  }

  @Override
  public @Nullable NetSocket socket() {
    return incoming.socket();
  }

  @Override
  public void cancel() {
    incoming.cancel();
  }
}
