package org.cistern.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.cistern.http.uri.Query;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.UrlVariation;
import org.jspecify.annotations.Nullable;

/** A part of the key that one rule has and another has not. */
sealed interface KeyPart {

  /** Returns what the part is, in words that no other part has and no later version changes. */
  String words();

  /** Appends what the request has of this part. */
  void write(StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body);

  /** The normalised path. */
  record Path() implements KeyPart {
    @Override
    public String words() {
      return "path";
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      KeyText.put(out, request.target().path());
    }
  }

  /**
   * What counts of the query.
   *
   * @param mode how it is chosen
   * @param names the parameters that are chosen by name
   * @param always the parameters that count whatever answers say of the query
   */
  record QueryText(Rule.QueryMode mode, Set<String> names, Set<String> always) implements KeyPart {
    @Override
    public String words() {
      return "query:" + mode + new TreeSet<>(names);
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      String query = request.target().query();
      if (mode == Rule.QueryMode.ALL || (query == null && mode == Rule.QueryMode.SORTED)) {
        KeyText.put(out, query);
      } else {
        KeyText.put(out, shaped(query == null ? "" : query));
      }
    }

    /**
     * Tells whether answers have a say in what counts: where the rule has none of its own about
     * single parameters.
     */
    boolean heedsVariation() {
      return mode == Rule.QueryMode.ALL || mode == Rule.QueryMode.SORTED;
    }

    /** Appends what counts of the query where an answer's word is heeded, and that word. */
    void write(StringBuilder out, Request request, UrlVariation said) {
      boolean sorted = mode == Rule.QueryMode.SORTED;
      out.append('~');
      KeyText.put(out, said.text());
      KeyText.put(out, said.normal(request.target().query(), always, sorted));
    }

    private String shaped(String query) {
      return switch (mode) {
        case ALL -> query;
        case SORTED -> Query.of(query).sorted().text();
        case ALLOW -> Query.of(query).keep(names).text();
        case DROP -> Query.of(query).drop(names).text();
      };
    }
  }

  /** The user's hash. */
  record User() implements KeyPart {
    @Override
    public String words() {
      return "user";
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      KeyText.put(out, user);
    }
  }

  /** The lines of a header; their digests where it carries a credential. */
  record Header(String name) implements KeyPart {
    private static final Set<String> SECRET =
        Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

    public Header {
      name = name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String words() {
      return "header:" + name;
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      if (request.fields().has(name)) {
        lines(out, request.fields().all(name), SECRET.contains(name));
      } else {
        KeyText.put(out, null);
      }
    }
  }

  /** The values of a cookie, as digests: a cookie may be a session. */
  record Cookie(String name) implements KeyPart {
    @Override
    public String words() {
      return "cookie:" + name;
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      lines(out, CookiePart.values(request.fields(), name), true);
    }
  }

  /** What of the query may be a parameter of this name, as sent. */
  record Param(String name) implements KeyPart {
    @Override
    public String words() {
      return "param:" + name;
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      String query = request.target().query();
      List<Query.Parameter> found = Query.of(query).keep(Set.of(name)).parameters();
      lines(out, found.stream().map(each -> each.raw()).toList(), false);
    }
  }

  /** The digest of the request's body. */
  record Body() implements KeyPart {
    @Override
    public String words() {
      return "body";
    }

    @Override
    public void write(
        StringBuilder out, Request request, @Nullable String user, byte @Nullable [] body) {
      KeyText.put(out, body == null ? null : KeyText.text(body));
    }
  }

  private static void lines(StringBuilder out, List<String> lines, boolean secret) {
    if (lines.isEmpty()) {
      KeyText.put(out, null);
      return;
    }
    out.append(lines.size()).append('*');
    for (String line : lines) {
      KeyText.put(out, secret ? KeyText.digest(line) : line);
    }
  }
}
