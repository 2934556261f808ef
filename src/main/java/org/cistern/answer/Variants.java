package org.cistern.answer;

import java.util.List;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.directive.Members;
import org.jspecify.annotations.Nullable;

/**
 * The selection among answers under one key by what their {@code Vary} names (RFC 9111 section
 * 4.1). A name {@code cookie:NAME} stands for one cookie, which a rule may name beside fields.
 *
 * <p>Values are compared in a normal form: lines of one name joined, white space around commas
 * taken off, and for {@code Accept-Language} and {@code Accept-Encoding} case and order as well,
 * since their meaning lies in the weights alone.
 */
public final class Variants {

  private static final String COOKIE = "cookie:";
  private static final String LANGUAGE = "accept-language";

  private Variants() {}

  /**
   * Returns what a request says for the names of a {@code Vary}: a line for each name that it has,
   * in the order of the names, the value in its normal form.
   */
  public static Headers varied(Fields request, List<String> vary) {
    if (vary.isEmpty()) {
      return Headers.empty();
    }
    Headers.Builder varied = Headers.builder();
    for (String name : vary) {
      String value = value(request, name);
      if (value != null) {
        varied.add(name, NormalForm.of(name, value));
      }
    }
    return varied.build();
  }

  /** Tells whether an answer may be selected for a request; an answer that varies on * never is. */
  public static boolean matches(Answer answer, Fields request) {
    List<String> vary = answer.vary();
    for (int i = 0; i < vary.size(); i++) {
      if (!matches(answer, vary.get(i), request)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a text that is equal for two answers if and only if they vary on the same names with
   * the same values; empty for an answer that does not vary.
   */
  public static String id(Answer answer) {
    return id(answer.vary(), answer.varied());
  }

  /** Returns the same text for names and the lines that {@link #varied} gave for them. */
  public static String id(List<String> vary, Headers varied) {
    StringBuilder id = new StringBuilder();
    for (String name : vary) {
      String value = varied.first(name);
      id.append(name.length()).append(':').append(name);
      id.append(value == null ? "-" : value.length() + "=" + value).append(';');
    }
    return id.toString();
  }

  private static boolean matches(Answer answer, String name, Fields request) {
    if (name.equals("*")) {
      return false;
    }
    String stored = answer.varied().first(name);
    String asked = value(request, name);
    if (stored == null || asked == null) {
      return stored == null && asked == null;
    }
    return stored.equals(asked)
        || stored.equals(NormalForm.of(name, asked))
        || speaksTheFavourite(answer, name, asked);
  }

  /** The answer's only language is the one that the request prefers to every other. */
  private static boolean speaksTheFavourite(Answer answer, String name, String asked) {
    if (!name.equals(LANGUAGE)) {
      return false;
    }
    String spoken = answer.headers().joined("Content-Language");
    return spoken != null && spoken.strip().equalsIgnoreCase(Weighted.favourite(asked));
  }

  private static @Nullable String value(Fields request, String name) {
    return name.startsWith(COOKIE)
        ? cookie(request, name.substring(COOKIE.length()))
        : request.joined(name);
  }

  private static @Nullable String cookie(Fields request, String name) {
    for (String line : request.all("Cookie")) {
      for (String pair : Members.of(line, ";")) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
          return pair.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }
}
