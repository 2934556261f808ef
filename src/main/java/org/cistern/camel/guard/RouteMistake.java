package org.cistern.camel.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.dsl.yaml.common.exception.YamlDeserializationException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in one sentence what is wrong with a route file, and where. */
final class RouteMistake {

  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(.*?)\\}\\]");

  private static final Pattern PLACE = Pattern.compile("in (?:file|classpath):(\\S+), line (\\d+)");

  private RouteMistake() {}

  /** Returns the sentence, or null where the failure is not a route file's. */
  static @Nullable String sentence(Throwable failure, String trying) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYamlEngineException
          || cause instanceof YamlDeserializationException) {
        return "routes: " + unread(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof FailedToCreateRouteException) {
        return "routes: " + trying + ": " + why(root(cause));
      }
    }
    return null;
  }

  private static String unread(String message) {
    Matcher place = PLACE.matcher(message);
    String where = place.find() ? place.group(1) + ", line " + place.group(2) + ": " : "";
    return where + message.lines().findFirst().orElse("").strip();
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String why(Throwable root) {
    String message = String.valueOf(root.getMessage());
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.find()) {
      return "it has no option '" + unknown.group(1).split("=", 2)[0] + "'; see its form or page";
    }
    String line = message.lines().findFirst().orElse("");
    return root instanceof NoSuchEndpointException
        ? line + " (there is no such component in this program)"
        : line;
  }
}
