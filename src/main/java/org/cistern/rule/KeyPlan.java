package org.cistern.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a rule makes keys: the parts, and a fingerprint of all that shapes them. The fingerprint
 * opens every key, so that a rule that is edited to key in another way, or to share less, finds
 * nothing that was stored before, while an edit of its times or its name keeps every entry.
 */
public final class KeyPlan {

  private static final int FINGERPRINT = 16;

  private static final String WHOLE_QUERY =
      new KeyPart.QueryText(Rule.QueryMode.ALL, Set.of(), Set.of()).words();

  private final String fingerprint;
  private final List<KeyPart> parts;
  private final boolean wholeQuery;
  private final boolean heedsVariation;

  private KeyPlan(String fingerprint, Map<String, KeyPart> parts) {
    this.fingerprint = fingerprint;
    this.parts = List.copyOf(parts.values());
    this.wholeQuery = parts.containsKey(WHOLE_QUERY);
    this.heedsVariation =
        this.parts.stream()
            .anyMatch(part -> part instanceof KeyPart.QueryText query && query.heedsVariation());
  }

  static KeyPlan of(Rule.KeyShape shape, Rule.Keep keep, @Nullable String upstream) {
    Map<String, KeyPart> parts = new LinkedHashMap<>();
    list(shape).forEach(part -> parts.putIfAbsent(part.words(), part));
    return new KeyPlan(fingerprint(parts.keySet(), shape, keep, upstream), parts);
  }

  /** Returns 96 bits of a digest, as text. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Tells whether the whole query is in the key as it was sent. Where it is not, several URIs share
   * an answer, and what makes one of them invalid makes them all.
   */
  public boolean holdsQuery() {
    return wholeQuery;
  }

  /**
   * Tells whether {@code No-Vary-Search} has a say in the keys: where every parameter counts as far
   * as the rule is concerned, in whatever order.
   */
  public boolean heedsVariation() {
    return heedsVariation;
  }

  List<KeyPart> parts() {
    return parts;
  }

  private static List<KeyPart> list(Rule.KeyShape shape) {
    List<KeyPart> parts = new ArrayList<>();
    switch (shape.strategy()) {
      case PATH, PATH_HEADERS -> parts.add(new KeyPart.Path());
      case PATH_PARAMS, PATH_PARAMS_HEADERS, PATH_PARAMS_USER -> {
        parts.add(new KeyPart.Path());
        parts.add(query(shape));
      }
      case CUSTOM -> new TreeSet<>(shape.parts()).forEach(name -> parts.add(part(name, shape)));
    }
    addVaryOn(parts, shape);
    if (shape.perUser()) {
      parts.add(new KeyPart.User());
    }
    if (shape.body()) {
      parts.add(new KeyPart.Body());
    }
    return parts;
  }

  private static void addVaryOn(List<KeyPart> parts, Rule.KeyShape shape) {
    shape.varyHeaders().stream()
        .map(KeyPart.Header::new)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(parts::add);
    shape.varyCookies().stream().sorted().map(KeyPart.Cookie::new).forEach(parts::add);
  }

  private static KeyPart query(Rule.KeyShape shape) {
    return new KeyPart.QueryText(
        shape.query().mode(), shape.query().names(), identifyingParameters(shape));
  }

  /** What the rule takes for a credential is left out of a key by the rule alone. */
  private static Set<String> identifyingParameters(Rule.KeyShape shape) {
    return shape.identity().stream()
        .filter(source -> source.kind() == Rule.IdentitySource.Kind.PARAM)
        .map(Rule.IdentitySource::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static KeyPart part(String text, Rule.KeyShape shape) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    return switch (colon < 0 ? text : text.substring(0, colon)) {
      case "path" -> new KeyPart.Path();
      case "query" -> query(shape);
      case "user" -> new KeyPart.User();
      case "header" -> new KeyPart.Header(name);
      case "cookie" -> new KeyPart.Cookie(name);
      case "param" -> new KeyPart.Param(name);
      default -> throw new IllegalArgumentException("'" + text + "' is no part of a key");
    };
  }

  private static String fingerprint(
      Set<String> parts, Rule.KeyShape shape, Rule.Keep keep, @Nullable String upstream) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> KeyText.put(text, part));
    putAll(text, sourcesOf(shape));
    KeyText.put(text, shape.ignoredCookies().all() ? "all" : "listed");
    putAll(text, new TreeSet<>(shape.ignoredCookies().names()));
    // Not of the key's shape, but of who may see what is under it: taking either back must show.
    text.append(keep.sharedDespiteAuthorization()).append(keep.setCookie() == SetCookie.STORE);
    if (upstream != null) {
      // What one upstream says of a target is not what another one would.
      KeyText.put(text, upstream);
    }
    return KeyText.digest(text.toString()).substring(0, FINGERPRINT);
  }

  private static List<String> sourcesOf(Rule.KeyShape shape) {
    return shape.perUser()
        ? shape.identity().stream().map(each -> each.kind() + ":" + each.name()).toList()
        : List.of();
  }

  private static void putAll(StringBuilder text, Collection<String> values) {
    text.append(values.size());
    values.forEach(value -> KeyText.put(text, value));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyPlan that && fingerprint.equals(that.fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return fingerprint;
  }
}
