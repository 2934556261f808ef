package org.cistern.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity tag (RFC 9110 section 8.8.3). A text that is not well-formed is read as it stands and
 * counts as weak: it can still say "the same as before", but never "the same bytes".
 *
 * @param opaque what is between the quotes, or the whole text where there are none
 * @param weak whether it stands for equivalent content only
 */
public record EntityTag(String opaque, boolean weak) {

  /**
   * What {@code *} in a list of tags reads as: any current representation. No text of a tag is read
   * as this, for the quotes of one that is well-formed are taken off.
   */
  private static final EntityTag ANY = new EntityTag("\"*\"", true);

  /** Reads one tag; null where there is no text at all. */
  public static @Nullable EntityTag parse(@Nullable String text) {
    String tag = text == null ? "" : text.strip();
    if (tag.isEmpty()) {
      return null;
    }
    boolean weak = tag.startsWith("W/");
    String quoted = weak ? tag.substring(2) : tag;
    return isQuoted(quoted)
        ? new EntityTag(quoted.substring(1, quoted.length() - 1), weak)
        : new EntityTag(tag, true);
  }

  /** Reads the tags of all lines of {@code If-Match} or {@code If-None-Match}, in order. */
  public static List<EntityTag> list(List<String> lines) {
    List<EntityTag> tags = new ArrayList<>();
    for (String line : lines) {
      int at = 0;
      while (at < line.length()) {
        int end = end(line, at);
        EntityTag tag = member(line.substring(at, end).strip());
        if (tag != null) {
          tags.add(tag);
        }
        at = end + 1;
      }
    }
    return tags;
  }

  private static @Nullable EntityTag member(String text) {
    return text.equals("*") ? ANY : parse(text);
  }

  /** Tells whether it is the {@code *} of a list, which every representation matches. */
  public boolean isAny() {
    return equals(ANY);
  }

  /** Compares as for {@code If-None-Match}: strength does not matter (section 8.8.3.2). */
  public boolean weaklyEquals(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** Compares as for {@code If-Match} and ranges: both must be strong (section 8.8.3.2). */
  public boolean stronglyEquals(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  @Override
  public String toString() {
    return (weak ? "W/" : "") + '"' + opaque + '"';
  }

  /** A quote cannot be escaped in a tag, so one that stands inside makes the text malformed. */
  private static boolean isQuoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.indexOf('"', 1) == text.length() - 1;
  }

  /** Returns where the tag ends: at the first comma outside quotes, or at the end of the line. */
  private static int end(String line, int start) {
    boolean quoted = false;
    int at = start;
    while (at < line.length() && (quoted || line.charAt(at) != ',')) {
      quoted ^= line.charAt(at++) == '"';
    }
    return at;
  }
}
