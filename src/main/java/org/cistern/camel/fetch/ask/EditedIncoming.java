package org.cistern.camel.fetch.ask;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** A response whose head the route has changed, or whose body it has read. */
final class EditedIncoming implements Incoming {

  private final Incoming incoming;
  private final Head head;
  private final ReadStream<Buffer> body;

  EditedIncoming(Incoming incoming, int status, Headers headers, ReadStream<Buffer> body) {
    this.incoming = incoming;
    this.body = body;
    this.head = incoming.head().with(status, HopByHop.strip(headers));
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public ReadStream<Buffer> body() {
    return body;
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
