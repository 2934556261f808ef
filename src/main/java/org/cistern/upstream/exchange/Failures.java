package org.cistern.upstream.exchange;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.jspecify.annotations.Nullable;

/** What exceptions of the network mean. */
final class Failures {

  private Failures() {}

  /** Returns what it means that no connection could be made. */
  static Kind connecting(Throwable cause) {
    return isTls(cause) ? Kind.TLS : Kind.CONNECT;
  }

  /** Returns what it means that a connection failed once it stood. */
  static Kind talking(Throwable cause) {
    if (isTls(cause)) {
      return Kind.TLS;
    }
    boolean gone =
        cause instanceof HttpClosedException
            || cause instanceof StreamResetException
            || cause instanceof PrematureChannelClosureException
            || cause instanceof IOException;
    return gone ? Kind.DISCONNECT : Kind.PROTOCOL;
  }

  /** Returns what went wrong, with what it came of: of TLS, only the innermost says why. */
  static String words(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String what = String.valueOf(failure.getMessage());
    String why = String.valueOf(inner.getMessage());
    return what.contains(why) ? what : what + ": " + why;
  }

  private static boolean isTls(@Nullable Throwable cause) {
    return cause instanceof SSLException
        || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
  }
}
