package org.cistern.camel.call;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.cistern.http.FieldBytes;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a response head, made ready at the first demand and written many times: names and
 * values are kept as bytes, so that a hit copies them and does nothing else. The length is not
 * among them: it follows from the body that is written.
 */
public final class Lines {

  private static final Lines NONE = of(Headers.empty());

  private final Headers headers;
  private final @Nullable String declaredLength;
  private final boolean dated;
  private volatile CharSequence @Nullable [] parts;
  private volatile byte @Nullable [] block;

  private Lines(Headers headers, @Nullable String declaredLength) {
    this.headers = headers;
    this.declaredLength = declaredLength;
    this.dated = headers.has("Date");
  }

  /** Returns no lines. */
  public static Lines none() {
    return NONE;
  }

  /** Returns the lines of these headers. */
  public static Lines of(Headers headers) {
    String length = headers.first("content-length");
    return length == null
        ? new Lines(headers, null)
        : new Lines(headers.toBuilder().remove("content-length").build(), length);
  }

  /** Returns the lines as headers. */
  public Headers headers() {
    return headers;
  }

  /** Tells whether there is such a line. */
  public boolean has(CharSequence name) {
    return headers.has(name.toString());
  }

  /** Tells whether there is a Date, without a look at the lines. */
  public boolean isDated() {
    return dated;
  }

  /** Returns what the head said of the length, for replies to HEAD, or null. */
  public @Nullable String declaredLength() {
    return declaredLength;
  }

  /**
   * Returns the lines as they stand on the wire (HTTP/1), encoded at the first demand; not to be
   * changed.
   *
   * @throws IllegalArgumentException where a name or a value would break out of its line
   */
  public byte[] block() {
    byte[] encoded = block;
    if (encoded == null) {
      encoded = encoded();
      block = encoded;
    }
    return encoded;
  }

  private byte[] encoded() {
    byte[] out = new byte[length()];
    int at = 0;
    for (int i = 0; i < headers.size(); i++) {
      int next = FieldBytes.put(headers.name(i), headers.value(i), out, at);
      lower(out, at, headers.name(i).length());
      at = next;
    }
    return out;
  }

  private int length() {
    int length = 0;
    for (int i = 0; i < headers.size(); i++) {
      length += headers.name(i).length() + headers.value(i).length() + FieldBytes.AROUND;
    }
    return length;
  }

  private static void lower(byte[] out, int from, int length) {
    for (int i = from; i < from + length; i++) {
      byte b = out[i];
      out[i] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
    }
  }

  /** Adds them to a response's head. */
  public void addTo(MultiMap head) {
    CharSequence[] texts = parts();
    for (int i = 0; i < texts.length; i += 2) {
      head.add(texts[i], texts[i + 1]);
    }
  }

  private CharSequence[] parts() {
    CharSequence[] made = parts;
    if (made == null) {
      made = new CharSequence[headers.size() * 2];
      for (int i = 0; i < headers.size(); i++) {
        made[i * 2] = bytes(headers.name(i).toLowerCase(Locale.ROOT));
        made[i * 2 + 1] = bytes(headers.value(i));
      }
      parts = made;
    }
    return made;
  }

  private static AsciiString bytes(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
  }
}
