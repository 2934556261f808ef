package org.cistern.http.uri;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of query parameters as origins read them. Frameworks differ: some take {@code a[]} and
 * {@code a[1]} for {@code a}, some do not count case, some read a dot or a space as an underscore.
 */
final class ParameterNames {

  private static final char UNREADABLE = '\uFFFD';

  private ParameterNames() {}

  /** Tells whether the decoded name may be cut, or reads differently from origin to origin. */
  static boolean isDoubtful(String name) {
    int bracket = name.indexOf('[');
    return name.indexOf('%') >= 0
        || name.chars().anyMatch(each -> each == UNREADABLE || Character.isISOControl(each))
        || bracket == 0
        || (bracket > 0 && name.indexOf(']', bracket) < 0);
  }

  /** Returns the families of names. */
  static Set<String> families(Set<String> names) {
    return names.stream().map(ParameterNames::family).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns a text that is the same for all names that some origin takes for one. */
  static String family(String name) {
    int bracket = name.indexOf('[');
    String begin = (bracket > 0 ? name.substring(0, bracket) : name).strip();
    return begin.replace('.', '_').replace(' ', '_').toLowerCase(Locale.ROOT);
  }
}
