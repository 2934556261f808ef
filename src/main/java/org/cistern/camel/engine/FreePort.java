package org.cistern.camel.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** A port for those who asked for any: all acceptors must share one, so it is picked beforehand. */
final class FreePort {

  private FreePort() {}

  /** Returns {@code port}, or a free one where it is 0. */
  static int resolve(int port) {
    if (port != 0) {
      return port;
    }
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port for the gateway", e);
    }
  }
}
