package org.cistern.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports at which nobody listens, for processes that are told theirs and for upstreams that are not
 * there.
 *
 * <p>A port that the system chooses can be chosen again, by another test's server, before the
 * process that was told it has started. So these lie below the ports that systems give out by
 * themselves, and a test run beside this one takes the ones that are odd where this takes the even
 * ones.
 */
public final class FreePort {

  private static final int FIRST = 10_000;
  private static final int PAIRS = 11_000;
  private static final int FORK = Integer.getInteger("cistern.fork", 0) % 2;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Returns a port that this process has not been given before. */
  public static int pick() {
    while (true) {
      int port = FIRST + 2 * ThreadLocalRandom.current().nextInt(PAIRS) + FORK;
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
