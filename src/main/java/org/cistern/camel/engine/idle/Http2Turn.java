package org.cistern.camel.engine.idle;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;

/** Whose turn it is on an HTTP/2 connection, whose streams share its silence. */
final class Http2Turn {

  private Http2Turn() {}

  /** Tells whether the client is to begin, to send or to take something. */
  static boolean isClients(Http2Connection connection) {
    if (connection.numActiveStreams() == 0) {
      return true;
    }
    try {
      return connection.forEachActiveStream(stream -> !isClients(connection, stream)) != null;
    } catch (Http2Exception e) {
      throw new IllegalStateException("a look at a stream changes nothing", e);
    }
  }

  private static boolean isClients(Http2Connection connection, Http2Stream stream) {
    boolean takesNothing = connection.remote().flowController().hasFlowControlled(stream);
    boolean sendsNothing =
        stream.state().remoteSideOpen()
            && connection.local().flowController().windowSize(stream) > 0;
    return takesNothing || sendsNothing;
  }
}
