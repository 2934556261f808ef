package org.cistern.rule.load;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cistern.rule.match.PathPattern;

/** Reads texts that HTTP gives a form: methods, names, hosts, media types, patterns. */
final class HttpWords {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9_.*-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(:[0-9]{1,5})?");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+*-]{1,127}/[A-Za-z0-9!#$&^_.+*-]{1,127}");
  private static final Pattern ID =
      Pattern.compile("(?!(?:other|none)$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TAG = Pattern.compile("[^\\s,\\p{Cntrl}]{1,256}");

  private HttpWords() {}

  static String pathPattern(Value value) {
    String text = Scalars.text(value);
    try {
      return PathPattern.of(text).text();
    } catch (IllegalArgumentException e) {
      throw new Unreadable(value, value.shown() + ' ' + e.getMessage());
    }
  }

  static String method(Value value) {
    String text = formed(value, TOKEN, "a method as in GET");
    String upper = text.toUpperCase(Locale.ROOT);
    if (!text.equals(upper)) {
      throw new Unreadable(value, "is '" + text + "'; methods are in upper case: " + upper);
    }
    return text;
  }

  /** The name of a field, a cookie or a parameter. */
  static String name(Value value) {
    return formed(value, TOKEN, "a name without spaces and separators");
  }

  static String host(Value value) {
    String needed = "a host as in api.example.org or *.example.org, without scheme and path,";
    return formed(value, HOST, needed).toLowerCase(Locale.ROOT);
  }

  static String mediaType(Value value) {
    String needed = "a media type as in text/* or application/json, without parameters,";
    return formed(value, MEDIA_TYPE, needed).toLowerCase(Locale.ROOT);
  }

  static String id(Value value) {
    return formed(
        value,
        ID,
        "a name of up to 64 letters, digits, dots, dashes and underscores, and neither 'other' nor"
            + " 'none', which metrics use");
  }

  static String tag(Value value) {
    return formed(value, TAG, "a tag of up to 256 characters without spaces and commas");
  }

  /** A path of this gateway to be asked for; never a URL, which could lead anywhere. */
  static String path(Value value) {
    String text = Scalars.text(value);
    boolean path = text.startsWith("/") && !text.startsWith("//") && text.indexOf('*') < 0;
    if (!path || text.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == '#')) {
      throw new Unreadable(
          value, "is " + value.shown() + "; a path as in /api/v1/models?page=1 is needed");
    }
    return text;
  }

  private static String formed(Value value, Pattern form, String needed) {
    String text = Scalars.text(value);
    if (!form.matcher(text).matches()) {
      throw new Unreadable(value, "is " + value.shown() + "; " + needed + " is needed");
    }
    return text;
  }
}
