package org.cistern.rule.load;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cistern.rule.Rule;

/**
 * The name of a rule that was given none: the pattern in words, {@code api-v1-config-all} for
 * {@code /api/v1/config/**}. It depends on nothing but what the rule speaks of, so that it stays
 * when other rules come and go. Where the words alone could be those of another rule, too, digits
 * of a digest follow.
 */
final class RuleNames {

  private static final Pattern PLAIN =
      Pattern.compile("(/(?!(any|all)(/|$))([A-Za-z0-9._]+|\\*{1,2}))+");
  private static final int LONGEST_WORDS = 48;
  private static final int DIGITS = 8;
  private static final Set<String> RESERVED = Set.of("other", "none");
  private static final Set<String> USUAL_METHODS = Set.of("GET", "HEAD");

  private RuleNames() {}

  static String of(Rule.When when) {
    String words = words(when.path());
    boolean plain =
        !RESERVED.contains(words)
            && PLAIN.matcher(when.path()).matches()
            && Character.isLetterOrDigit(words.charAt(0))
            && words.length() <= LONGEST_WORDS
            && methods(when).equals(USUAL_METHODS)
            && when.hosts().isEmpty()
            && when.headers().isEmpty();
    return plain ? words : shortened(words) + '-' + digest(when);
  }

  /** GET stands for HEAD as well, written or not. */
  private static Set<String> methods(Rule.When when) {
    Set<String> methods = new TreeSet<>(when.methods());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static String words(String path) {
    return path.substring(1)
        .replace("**", "all")
        .replace("*", "any")
        .replaceAll("[^A-Za-z0-9._]+", "-");
  }

  private static String shortened(String words) {
    String trimmed = words.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    String cut = trimmed.substring(0, Math.min(trimmed.length(), LONGEST_WORDS));
    return cut.isEmpty() ? "path" : cut;
  }

  private static String digest(Rule.When when) {
    String all =
        String.join("\n", when.path(), methods(when).toString()) + when.hosts() + when.headers();
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, DIGITS);
  }
}
