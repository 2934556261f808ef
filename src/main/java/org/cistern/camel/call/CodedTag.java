package org.cistern.camel.call;

import io.vertx.core.MultiMap;
import org.cistern.http.Coding;

/** Entity tags of coded forms: the origin's tag with the coding behind it, {@code "x;gzip"}. */
public final class CodedTag {

  private static final String[] CONDITIONS = {"if-none-match", "if-match", "if-range"};
  private static final String GZIP_END = ";gzip\"";

  private CodedTag() {}

  /** Returns the tag of a coded form. */
  public static String of(String tag, Coding coding) {
    return tag.endsWith("\"")
        ? tag.substring(0, tag.length() - 1) + ';' + coding.token() + '"'
        : tag;
  }

  /** Takes the codings off the tags in a request's conditions, in place. */
  public static void strip(MultiMap head) {
    for (String name : CONDITIONS) {
      String value = head.get(name);
      if (value != null && value.contains(GZIP_END)) {
        head.set(name, value.replace(GZIP_END, "\""));
      }
    }
  }
}
