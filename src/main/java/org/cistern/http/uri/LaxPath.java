package org.cistern.http.uri;

/**
 * A path as lenient servers read it: without the parameters of its segments ({@code ;v=1}), escaped
 * slashes plain, and slashes that follow each other as one. Such a server gives the answer of one
 * path under many spellings, which patterns tell apart.
 */
public final class LaxPath {

  private LaxPath() {}

  /** Returns it; the same string where it reads the same. The path is a {@link Target#path()}. */
  public static String of(String path) {
    return isPlain(path) ? path : merged(path.replace("%2F", "/").replace("%3B", ";"));
  }

  /** Returns it without the slash at its end, which lenient servers take for nothing. */
  public static String withoutEndSlash(String path) {
    String lax = of(path);
    return lax.length() > 1 && lax.endsWith("/") ? lax.substring(0, lax.length() - 1) : lax;
  }

  private static boolean isPlain(String path) {
    return !path.contains("//") && path.indexOf(';') < 0 && !hasEscapedEdge(path);
  }

  private static boolean hasEscapedEdge(String path) {
    return path.indexOf('%') >= 0 && (path.contains("%2F") || path.contains("%3B"));
  }

  private static String merged(String path) {
    StringBuilder lax = new StringBuilder(path.length());
    boolean parameters = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameters = c != '/' && (parameters || c == ';');
      if (!parameters && !(c == '/' && endsWithSlash(lax))) {
        lax.append(c);
      }
    }
    return lax.toString();
  }

  private static boolean endsWithSlash(StringBuilder text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == '/';
  }
}
