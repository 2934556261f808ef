package org.cistern.camel.guard;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a class of the user's cannot be loaded. */
final class LinkWords {

  private static final String INITIALISER = "<clinit>";

  /** How the JVM begins where the initialiser has thrown before. */
  private static final String AGAIN = "Could not initialize class ";

  private LinkWords() {}

  /** Returns the first such error among a failure and its causes, or null. */
  static @Nullable LinkageError find(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(LinkageError.class::isInstance)
        .map(LinkageError.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Returns the sentence. */
  static String of(LinkageError error) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof UnsupportedClassVersionError) {
      return "class " + named(message) + " was made for a newer Java than this one";
    }
    if (message.startsWith(AGAIN)) {
      return "class "
          + message.substring(AGAIN.length())
          + " cannot be loaded: its first use failed";
    }
    Throwable thrown = error.getCause();
    return error instanceof ExceptionInInitializerError && thrown != null
        ? "class " + initialised(thrown) + " cannot be loaded: " + thrown
        : "a class cannot be loaded: " + error;
  }

  /** The message begins with the name as it stands in the class file. */
  private static String named(String message) {
    return message.split(" ", 2)[0].replace('/', '.');
  }

  private static String initialised(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .filter(frame -> frame.getMethodName().equals(INITIALISER))
        .map(StackTraceElement::getClassName)
        .findFirst()
        .orElse("of a bean");
  }
}
