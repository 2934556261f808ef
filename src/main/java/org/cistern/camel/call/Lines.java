package org.cistern.camel.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a response head, made ready once and written many times: names and values are kept
 * as bytes, so that a hit copies them and does nothing else. The length is not among them: it
 * follows from the body that is written.
 */
public final class Lines {

  private static final Lines NONE = of(Headers.empty());

  private final Headers headers;
  private final CharSequence[] parts;
  private final @Nullable String declaredLength;
  private volatile byte @Nullable [] block;

  private Lines(Headers headers, CharSequence[] parts, @Nullable String declaredLength) {
    this.headers = headers;
    this.declaredLength = declaredLength;
    this.parts = parts;
  }

  /** Returns no lines. */
  public static Lines none() {
    return NONE;
  }

  /** Returns the lines of these headers. */
  public static Lines of(Headers headers) {
    Headers kept = headers.toBuilder().remove("content-length").build();
    CharSequence[] parts = new CharSequence[kept.size() * 2];
    for (int i = 0; i < kept.size(); i++) {
      parts[i * 2] = bytes(kept.name(i).toLowerCase(Locale.ROOT));
      parts[i * 2 + 1] = bytes(kept.value(i));
    }
    return new Lines(kept, parts, headers.first("content-length"));
  }

  private static AsciiString bytes(String text) {
    AsciiString bytes = new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
    return bytes;
  }

  /** Returns the lines as headers. */
  public Headers headers() {
    return headers;
  }

  /** Tells whether there is such a line. */
  public boolean has(CharSequence name) {
    return headers.has(name.toString());
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
    HeadersMultiMap head = HeadersMultiMap.httpHeaders();
    addTo(head);
    ByteBuf bytes = Unpooled.buffer(32 * parts.length);
    head.encode(bytes);
    return ByteBufUtil.getBytes(bytes);
  }

  /** Adds them to a response's head. */
  public void addTo(MultiMap head) {
    for (int i = 0; i < parts.length; i += 2) {
      head.add(parts[i], parts[i + 1]);
    }
  }
}
