package org.cistern.camel.fetch.ask;

import java.util.Locale;
import java.util.Set;
import org.cistern.freshness.Asked;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Fields by which a client can make some origins do another thing than the request line says. They
 * are in no key, so what is fetched for everybody is fetched without them.
 */
public final class Unkeyed {

  private static final Set<String> NAMES =
      Set.of("x-http-method-override", "x-http-method", "x-method-override");

  private Unkeyed() {}

  /** Tells whether any of them is there. */
  public static boolean hasAny(Fields fields) {
    return NAMES.stream().anyMatch(fields::has);
  }

  /** Returns the fields without those, but with what the rule has in its key. */
  public static Headers without(Headers fields, Asked asked) {
    return hasAny(fields) ? stripped(fields, asked.rule()) : fields;
  }

  private static Headers stripped(Headers fields, @Nullable Rule rule) {
    Headers.Builder kept = fields.toBuilder();
    kept.removeIf(
        (name, value) -> NAMES.contains(name.toLowerCase(Locale.ROOT)) && !isKeyed(name, rule));
    return kept.build();
  }

  private static boolean isKeyed(String name, @Nullable Rule rule) {
    return rule != null && rule.key().varyHeaders().stream().anyMatch(name::equalsIgnoreCase);
  }
}
