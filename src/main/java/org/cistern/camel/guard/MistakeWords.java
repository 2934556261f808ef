package org.cistern.camel.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.PropertyBindingException;

/** Says in plain words why a route, a step or a bean could not be made. */
final class MistakeWords {

  private static final Pattern OPTION = Pattern.compile("Unknown parameters=\\[\\{(.*?)\\}\\]");

  private static final Pattern SAME_IDS =
      Pattern.compile("Duplicate (?:route )?ids? detected: (.*?)\\. Please");

  private static final Pattern BEGINNING = Pattern.compile("^Failed to .*? because: ");

  private MistakeWords() {}

  /** Returns why, from the innermost cause. */
  static String of(Throwable failure) {
    Throwable root = root(failure);
    if (root instanceof ClassNotFoundException) {
      return "there is no class " + root.getMessage() + " on the class path";
    }
    LinkageError unlinked = LinkWords.find(failure);
    if (unlinked != null) {
      return LinkWords.of(unlinked);
    }
    if (root instanceof NoSuchEndpointException endpoint) {
      return missing("component", String.valueOf(endpoint.getUri()).split("[:?]", 2)[0]);
    }
    if (root instanceof NoSuchLanguageException language) {
      return missing("language", language.getLanguage());
    }
    // Its message has the value, which may be a password.
    return root instanceof PropertyBindingException binding
        ? "its property '" + binding.getPropertyName() + "' cannot be set"
        : ofText(String.valueOf(root.getMessage()));
  }

  /** Returns that a part of Camel is not there. */
  static String missing(String what, String name) {
    return "there is no " + what + " '" + name + "': its jar is not on the class path";
  }

  /** Tells whether a class is to blame, that is not there or cannot be loaded. */
  static boolean isOfClass(Throwable failure) {
    return root(failure) instanceof ClassNotFoundException || LinkWords.find(failure) != null;
  }

  private static String ofText(String message) {
    Matcher option = OPTION.matcher(message);
    if (option.find()) {
      return "it has no option '" + option.group(1).split("=", 2)[0] + "'; see its form or page";
    }
    Matcher ids = SAME_IDS.matcher(message);
    return ids.find()
        ? "the id '" + ids.group(1) + "' is there more than once"
        : BEGINNING.matcher(message.lines().findFirst().orElse("")).replaceFirst("");
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
