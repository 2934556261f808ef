package org.cistern.camel.engine.write;

import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** How a response that has begun breaks off, so that nobody takes what came of it for the whole. */
public final class BreakOff {

  /** The client went away before it had a head; nobody sees this status. */
  private static final int GONE = 499;

  private static final long INTERNAL_ERROR = 2;

  private BreakOff() {}

  /** Resets the stream, or closes the connection. */
  public static void of(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      resetStream(request.response());
    } else if (isEndedByClose(request)) {
      resetConnection((ConnectionBase) request.connection());
    } else {
      // The response's own reset would be the last that whoever waits for its end hears of it.
      request.connection().close();
    }
  }

  /** Returns the status of a response that is over, for those who count. */
  public static int status(HttpServerResponse response) {
    return response.headWritten() ? response.getStatusCode() : GONE;
  }

  /** What is whole already stays so: the streams beside it go on in any case. */
  private static void resetStream(HttpServerResponse response) {
    if (!response.ended()) {
      response.reset(INTERNAL_ERROR);
    }
  }

  private static boolean isEndedByClose(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    return request.version() == HttpVersion.HTTP_1_0
        && !response.headers().contains(HttpHeaders.CONTENT_LENGTH);
  }

  /** An orderly close would end a body that only the connection ends. */
  private static void resetConnection(ConnectionBase connection) {
    connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    var unused = connection.channel().close();
  }
}
