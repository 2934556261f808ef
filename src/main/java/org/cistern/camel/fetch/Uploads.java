package org.cistern.camel.fetch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.TakenBody;

/** The body of a client's request on its way to the upstream. */
final class Uploads {

  private Uploads() {}

  /**
   * Gives the call to the upstream the client's body; one that is here whole as often as asked. A
   * length of 0 is no body: such a request can be sent again.
   */
  static void add(ClientCall call, OriginCall originCall) {
    TakenBody taken = call.isReplaced() ? null : call.passage().body();
    ReadStream<Buffer> body = call.body();
    if (body != null && taken != null && taken.isWhole()) {
      originCall.body(taken.stream(), taken.length());
    } else if (body != null && call.length() != 0) {
      originCall.body(body, call.length());
    }
  }
}
