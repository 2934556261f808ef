package org.cistern.camel.settings;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.UpstreamUrls;

/** Upstreams that are the gateway itself: each miss would wait for itself until it is too late. */
final class Ourselves {

  private static final String PREFIX = "cistern.upstream.";

  private final Settings settings;
  private final List<String> mistakes = new ArrayList<>();

  private Ourselves(Settings settings) {
    this.settings = settings;
  }

  /** Returns a sentence for each setting with URLs, one of which is the gateway's own. */
  static List<String> mistakes(Settings settings) {
    Ourselves ourselves = new Ourselves(settings);
    ourselves.check(settings, PREFIX);
    settings.upstreams().forEach((name, own) -> ourselves.check(own, PREFIX + name + '.'));
    return ourselves.mistakes;
  }

  private void check(Settings upstream, String prefix) {
    for (Setting urls : List.of(Setting.UPSTREAM_URL, Setting.UPSTREAM_FALLBACK_URL)) {
      String key = urls.key().replace(PREFIX, prefix);
      instances(key, upstream.text(urls)).stream()
          .filter(this::isOurs)
          .findFirst()
          .ifPresent(instance -> mistakes.add(sentence(key, instance)));
    }
  }

  private static String sentence(String key, Instance instance) {
    return "%s is '%s', where the gateway itself listens; allowed is another server"
        .formatted(key, instance);
  }

  private static List<Instance> instances(String key, String urls) {
    try {
      return urls.isEmpty() ? List.of() : UpstreamUrls.parse(key, urls);
    } catch (IllegalArgumentException refusedElsewhere) {
      return List.of();
    }
  }

  private boolean isOurs(Instance instance) {
    return is(instance, Setting.HOST, Setting.PORT)
        || is(instance, Setting.MANAGEMENT_HOST, Setting.MANAGEMENT_PORT);
  }

  /** The port comes first, so that names are looked up where they may matter alone. */
  private boolean is(Instance instance, Setting host, Setting port) {
    return instance.port() == settings.count(port)
        && leads(addresses(instance.host()), addresses(settings.text(host)));
  }

  private static boolean leads(List<InetAddress> to, List<InetAddress> listening) {
    return to.stream().anyMatch(one -> listening.stream().anyMatch(at -> leads(one, at)));
  }

  /** Two addresses of one machine are two sockets, unless it listens on all of them. */
  private static boolean leads(InetAddress to, InetAddress at) {
    return at.isAnyLocalAddress() ? isHere(to) : at.equals(to) || isLoopback(to, at);
  }

  /** What is sent to no address in particular goes round to the machine itself. */
  private static boolean isLoopback(InetAddress to, InetAddress at) {
    return to.isAnyLocalAddress() && at.isLoopbackAddress();
  }

  private static boolean isHere(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      return false;
    }
  }

  private static List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException nowhere) {
      return List.of();
    }
  }
}
