package org.cistern.camel.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** Any text. */
  public static final Kind TEXT = new Kind("any text", text -> text, false);

  /** Text that is never shown. */
  public static final Kind SECRET = new Kind("any text", text -> text, true);

  /** A whole number from 0. */
  public static final Kind COUNT =
      new Kind("a whole number from 0 to 2147483647", Integer::parseUnsignedInt, false);

  /** A port number. */
  public static final Kind PORT = new Kind("a port from 0 to 65535", Kind::port, false);

  /** True or false. */
  public static final Kind FLAG = new Kind("true or false", Kind::flag, false);

  /** A number of bytes. */
  public static final Kind BYTES =
      new Kind("bytes, or a number with KB, MB or GB", Kind::size, false);

  /** A time. */
  public static final Kind DURATION =
      new Kind("seconds, or a number with ms, s, m, h or d", Kind::duration, false);

  /** A file that can be read. */
  public static final Kind PATH = new Kind("a file that can be read", Kind::path, false);

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

  private static Object port(String text) {
    int port = Integer.parseInt(text);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(text);
    }
    return port;
  }

  private static Object flag(String text) {
    return "true".equals(word(List.of("true", "false"), text));
  }

  private static Object size(String text) {
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

  private static Object duration(String text) {
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

  private static Object path(String text) {
    Path path = Path.of(text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(text);
    }
    return path;
  }
}
