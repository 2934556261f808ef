package org.cistern.camel.settings;

import java.util.List;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.UpstreamUrls;
import org.jspecify.annotations.Nullable;

/** An upstream that is the gateway itself: each miss would wait for itself until it is too late. */
final class Ourselves {

  private Ourselves() {}

  /**
   * Returns a sentence where one of the URLs is the gateway's own, or null.
   *
   * @param setting the name of the setting with the URLs
   * @param urls its value
   * @param host the address that the gateway listens on
   * @param port the port that it listens on
   */
  static @Nullable String mistake(String setting, String urls, String host, int port) {
    for (Instance instance : instances(setting, urls)) {
      if (instance.port() == port && isHere(instance.host()) && isHere(host)) {
        return "%s is '%s', where the gateway itself listens; allowed is another server"
            .formatted(setting, instance);
      }
    }
    return null;
  }

  private static List<Instance> instances(String setting, String urls) {
    try {
      return UpstreamUrls.parse(setting, urls);
    } catch (IllegalArgumentException refusedElsewhere) {
      return List.of();
    }
  }

  private static boolean isHere(String host) {
    return switch (host) {
      case "localhost", "::1", "::", "0.0.0.0" -> true;
      default -> host.startsWith("127.");
    };
  }
}
