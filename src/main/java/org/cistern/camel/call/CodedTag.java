package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.cistern.http.EntityTag;
import org.cistern.http.Fields;
import org.cistern.http.coding.Coding;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags of coded forms: the origin's tag with the coding behind it, {@code "x;gzip"}.
 *
 * <p>{@code If-Range} is left alone: parts are of the identity form, which no tag of a coded form
 * stands for, so such a request gets the whole (RFC 9110 section 13.1.5).
 */
public final class CodedTag {

  private static final String IF_NONE_MATCH = "if-none-match";

  // In the form that knows its hash: every request is asked for them.
  private static final CharSequence[] CONDITIONS = {
    HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_MATCH
  };

  /** The codings that are made here, the one first that goes out where a client leaves it open. */
  public static final List<Coding> CODINGS = List.of(Coding.GZIP, Coding.ZSTD);

  private static final List<String> ENDS =
      CODINGS.stream().map(coding -> ';' + coding.token() + '"').toList();

  private CodedTag() {}

  /** Returns the tag of a coded form. */
  public static String of(String tag, Coding coding) {
    return tag.endsWith("\"")
        ? tag.substring(0, tag.length() - 1) + ';' + coding.token() + '"'
        : tag;
  }

  /**
   * Names beside the tags of coded forms in a request's conditions those that the origin knows, in
   * place. They stay themselves, for the origin may have such tags of its own.
   */
  public static void translate(MultiMap head) {
    for (CharSequence name : CONDITIONS) {
      if (head.contains(name)) {
        translate(head, name);
      }
    }
  }

  private static void translate(MultiMap head, CharSequence name) {
    for (String line : List.copyOf(head.getAll(name))) {
      String known = line;
      for (String end : ENDS) {
        known = known.replace(end, "\"");
      }
      if (!known.equals(line)) {
        head.add(name, known);
      }
    }
  }

  /** Returns the tag under which the client that asks knows what has this tag. */
  public static @Nullable String known(@Nullable String tag, Fields request) {
    if (tag == null || !request.has(IF_NONE_MATCH)) {
      return tag;
    }
    List<EntityTag> named = EntityTag.list(request.all(IF_NONE_MATCH));
    return CODINGS.stream()
        .map(coding -> of(tag, coding))
        .filter(coded -> isAmong(coded, named))
        .findFirst()
        .orElse(tag);
  }

  private static boolean isAmong(String coded, List<EntityTag> named) {
    EntityTag tag = EntityTag.parse(coded);
    return tag != null && named.stream().anyMatch(tag::weaklyEquals);
  }
}
