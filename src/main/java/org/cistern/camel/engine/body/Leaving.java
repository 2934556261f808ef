package org.cistern.camel.engine.body;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** What a failure says of a client that goes away. */
public final class Leaving {

  private Leaving() {}

  /** Tells whether nobody is there any more who could be answered. */
  public static boolean is(@Nullable Throwable cause) {
    return cause instanceof HttpClosedException
        || cause instanceof StreamResetException
        || cause instanceof ClosedChannelException;
  }
}
