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

  private static final String LENGTH = "content-length";
  private static final Lines NONE = of(Headers.empty());

  private final Headers declared;
  private final boolean dated;
  private @Nullable Headers headers;
  private volatile CharSequence @Nullable [] parts;
  private volatile byte @Nullable [] block;

  private Lines(Headers declared) {
    this.declared = declared;
    this.dated = declared.has("Date");
  }

  /** Returns no lines. */
  public static Lines none() {
    return NONE;
  }

  /** Returns the lines of these headers. */
  public static Lines of(Headers headers) {
    return new Lines(headers);
  }

  /** Returns the lines as headers: without the length, made at the first demand. */
  public Headers headers() {
    Headers made = headers;
    // Two threads may both make them, and either's are as good: they are immutable.
    if (made == null) {
      made = declared.without(LENGTH);
      headers = made;
    }
    return made;
  }

  /** Tells whether there is such a line. */
  public boolean has(CharSequence name) {
    return headers().has(name.toString());
  }

  /** Tells whether there is a Date, without a look at the lines. */
  public boolean isDated() {
    return dated;
  }

  /** Returns what the head said of the length, for replies to HEAD, or null. */
  public @Nullable String declaredLength() {
    return declared.first(LENGTH);
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
    Headers lines = headers();
    byte[] out = new byte[length(lines)];
    int at = 0;
    for (int i = 0; i < lines.size(); i++) {
      at = FieldBytes.putLower(lines.name(i), lines.value(i), out, at);
    }
    return out;
  }

  private static int length(Headers lines) {
    int length = 0;
    for (int i = 0; i < lines.size(); i++) {
      length += lines.name(i).length() + lines.value(i).length() + FieldBytes.AROUND;
    }
    return length;
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
      Headers lines = headers();
      made = new CharSequence[lines.size() * 2];
      for (int i = 0; i < lines.size(); i++) {
        made[i * 2] = bytes(lines.name(i).toLowerCase(Locale.ROOT));
        made[i * 2 + 1] = bytes(lines.value(i));
      }
      parts = made;
    }
    return made;
  }

  private static AsciiString bytes(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
  }
}
