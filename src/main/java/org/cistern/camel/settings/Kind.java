package org.cistern.camel.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cistern.http.forwarding.TrustedProxies;
import org.cistern.upstream.options.UpstreamUrls;

/**
 * What a setting may be: how its text is read, and the words for what is allowed.
 *
 * @param allowed what is allowed, to follow "allowed is"
 * @param read turns text into the value, or throws {@link IllegalArgumentException}
 * @param secret whether its value may be shown
 */
public record Kind(String allowed, Function<String, Object> read, boolean secret) {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(|B|KB|MB|GB|TB)");
  private static final Pattern TIME = Pattern.compile("(\\d{1,10})\\s*(|ms|s|m|h|d)");

  private static final Pattern TARGET = Pattern.compile("/[!-~&&[^#]]*");

  /** Any text. */
  public static final Kind TEXT = new Kind("any text", text -> text, false);

  /** Text that is never shown. */
  public static final Kind SECRET = new Kind("any text", text -> text, true);

  /** A port to listen on. */
  public static final Kind PORT = ports(0);

  /** A port to connect to. */
  public static final Kind REMOTE_PORT = ports(1);

  /** True or false. */
  public static final Kind FLAG = new Kind("true or false", Kind::flag, false);

  /** A file that can be read. */
  public static final Kind FILE = new Kind("a file that can be read", Kind::file, false);

  /** A place for files, there already or not. */
  public static final Kind PLACE = new Kind("a path", Path::of, false);

  /** Where a log goes. */
  public static final Kind LOG =
      new Kind("off, stdout, or a file that can be written", Path::of, false);

  /** An address to listen on; whether it is one shows when it is listened on. */
  public static final Kind OWN_ADDRESS =
      new Kind("an address of this machine", text -> text, false);

  /** URLs of an upstream, on one line; they are read, and refused, where upstreams are made. */
  public static final Kind UPSTREAMS =
      new Kind(UpstreamUrls.ALLOWED, text -> text.replaceAll("\\s+", " "), false);

  /** A URL; it is read, and refused, where it is used. */
  public static final Kind URL = new Kind("an http or https URL", text -> text, false);

  /** A file with certificates. */
  public static final Kind CERTIFICATES =
      new Kind("a PEM file with certificates", text -> Pem.certificates(file(text)), false);

  /** A file with a private key. */
  public static final Kind KEY =
      new Kind(
          "a PEM file with a private key without a password", text -> Pem.key(file(text)), false);

  /** The path of a URL, and a query where it has one. */
  public static final Kind URL_PATH =
      new Kind(
          "a path that begins with /, as it stands in a request line: no spaces, controls, # or"
              + " letters beyond ASCII",
          Kind::urlPath,
          false);

  /** Addresses and blocks of addresses. */
  public static final Kind ADDRESSES =
      new Kind(
          "IP addresses and CIDR blocks, separated by commas",
          text -> {
            TrustedProxies.of(Settings.parts(text));
            return text;
          },
          false);

  /** Returns the kind that is a whole number within bounds. */
  public static Kind count(int least, int most) {
    return new Kind(
        "a whole number from " + least + " to " + most,
        text -> (int) within(least, Long.parseLong(text), most),
        false);
  }

  /** Returns the kind that is a number of bytes within bounds. */
  public static Kind bytes(long least, long most) {
    return new Kind(
        Amount.ofBytes(least)
            + " to "
            + Amount.ofBytes(most)
            + ", as bytes or with KB, MB, GB or TB",
        text -> within(least, size(text), most),
        false);
  }

  /** Returns the kind that is a time within bounds. */
  public static Kind time(Duration least, Duration most) {
    return new Kind(
        Amount.ofTime(least)
            + " to "
            + Amount.ofTime(most)
            + ", as seconds or with ms, s, m, h or d",
        text -> {
          Duration time = duration(text);
          within(least.toMillis(), time.toMillis(), most.toMillis());
          return time;
        },
        false);
  }

  /** Returns the kind that is one of these words. */
  public static Kind choice(String... words) {
    List<String> allowed = List.of(words);
    return new Kind("one of " + String.join(", ", allowed), text -> word(allowed, text), false);
  }

  private static Object word(List<String> allowed, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (!allowed.contains(word)) {
      throw new IllegalArgumentException(text);
    }
    return word;
  }

  private static Kind ports(int least) {
    Kind number = count(least, 65535);
    return new Kind("a port from " + least + " to 65535", number.read(), false);
  }

  private static long within(long least, long number, long most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(number + " is out of bounds");
    }
    return number;
  }

  private static Object flag(String text) {
    return "true".equals(word(List.of("true", "false"), text));
  }

  private static long size(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
  }

  private static long unit(String name) {
    return switch (name) {
      case "KB" -> 1L << 10;
      case "MB" -> 1L << 20;
      case "GB" -> 1L << 30;
      case "TB" -> 1L << 40;
      default -> 1;
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static Path file(String text) {
    Path path = Path.of(text);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(text);
    }
    return path;
  }

  private static Object urlPath(String text) {
    if (!TARGET.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
