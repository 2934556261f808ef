package org.cistern.upstream.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The setting that lists an upstream's instances: one URL, or several with commas or spaces. */
public final class UpstreamUrls {

  /** Names are taken wider than by java.net.URI: container names may hold an underscore. */
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(https?)://(?:\\[([0-9a-f:.]+)]|([a-z0-9._-]+))(?::([0-9]{1,5}))?(/[!-~&&[^?#]]*)?");

  /** What is allowed, in words. */
  public static final String ALLOWED =
      "http(s)://host[:port][/path], several with commas or spaces";

  private UpstreamUrls() {}

  /**
   * Returns the instances that a setting's value names, in order.
   *
   * @param setting the setting's name, for the sentence
   * @throws IllegalArgumentException with a sentence, where the value is empty or a URL is none
   */
  public static List<Instance> parse(String setting, String value) {
    List<Instance> instances = new ArrayList<>();
    for (String url : value.trim().split("[,\\s]+", -1)) {
      try {
        instances.add(instance(url));
      } catch (IllegalArgumentException why) {
        throw refused(setting, shown(value, url), why.getMessage());
      }
    }
    return List.copyOf(instances);
  }

  /** A password may be in it, cut in two by a comma of its own. */
  private static String shown(String value, String url) {
    return value.contains("@") ? masked(value) : url;
  }

  /** Returns the text of URLs without the names and passwords in them. */
  public static String masked(String urls) {
    return urls.replaceAll("(?<=//)\\S*@", "***@");
  }

  private static Instance instance(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("is not a URL of an upstream");
    }
    boolean tls = parts.group(1).toLowerCase(Locale.ROOT).equals("https");
    String host = parts.group(2) != null ? parts.group(2) : parts.group(3);
    int port = port(parts.group(4), tls);
    return new Instance(tls, host.toLowerCase(Locale.ROOT), port, basePath(parts.group(5)));
  }

  private static int port(@Nullable String digits, boolean tls) {
    if (digits == null) {
      return tls ? 443 : 80;
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("has a port outside 1 to 65535");
    }
    return port;
  }

  private static String basePath(@Nullable String path) {
    return path == null ? "" : path.replaceAll("/+$", "");
  }

  private static IllegalArgumentException refused(
      String setting, String url, @Nullable String why) {
    return new IllegalArgumentException(
        "%s: \"%s\" %s; allowed are %s"
            .formatted(setting, url.replaceAll("\\p{Cntrl}", "?"), why, ALLOWED));
  }
}
