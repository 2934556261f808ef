package org.cistern.camel.guard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.dsl.yaml.common.exception.YamlDeserializationException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says in one sentence what is wrong with a route file, and where.
 *
 * @param files where the routes are
 * @param trying the step that was made when it failed
 */
record RouteMistake(RouteFiles files, String trying) {

  private static final Pattern PLACE = Pattern.compile("in (?:file|classpath):(\\S+), line (\\d+)");

  private static final Pattern SAME_ID = Pattern.compile("Duplicate route ids detected: ([^,.]+)");

  private static final Pattern BEANS = Pattern.compile("Error pre-parsing resource: (\\S+)");

  private static final Pattern BEAN = Pattern.compile("Error creating bean: (\\S+) of type");

  private static final Pattern KAMELET =
      Pattern.compile("Failure creating route from template: (\\S+)");

  /** What Camel says where a step of the route is to blame, and not its beginning. */
  private static final String AT_A_STEP = " at: >>> ";

  /** Returns the sentence, or null where the failure is not a route file's. */
  @Nullable String sentence(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    return Stream.concat(
            causes.stream().filter(RouteMistake::isOfYaml).map(RouteMistake::unread),
            Stream.concat(
                causes.stream().map(this::unmade).flatMap(Stream::ofNullable),
                causes.stream().map(RouteMistake::kamelet).flatMap(Stream::ofNullable)))
        .findFirst()
        .map(sentence -> "routes: " + sentence)
        .or(() -> Optional.ofNullable(PropertyMistake.sentence(causes)))
        .orElseGet(() -> withoutPlace(causes));
  }

  /** Only beans of the properties are made outside of all files of routes. */
  private static @Nullable String withoutPlace(List<Throwable> causes) {
    Throwable root = causes.get(causes.size() - 1);
    return root instanceof ClassNotFoundException || root instanceof UnsupportedClassVersionError
        ? "application.properties, camel.beans: " + MistakeWords.of(root)
        : null;
  }

  private static boolean isOfYaml(Throwable cause) {
    return cause instanceof MarkedYamlEngineException
        || cause instanceof YamlDeserializationException;
  }

  private static String unread(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher place = PLACE.matcher(message);
    String where = place.find() ? place.group(1) + ", line " + place.group(2) + ": " : "";
    return where + message.lines().findFirst().orElse("").strip();
  }

  private static @Nullable String kamelet(Throwable cause) {
    Matcher name = KAMELET.matcher(String.valueOf(cause.getMessage()));
    return name.find() ? "kamelet " + name.group(1) + ": " + MistakeWords.of(cause) : null;
  }

  private @Nullable String unmade(Throwable cause) {
    String place = place(cause, String.valueOf(cause.getMessage()));
    return place == null ? null : place + ": " + MistakeWords.of(cause);
  }

  private @Nullable String place(Throwable cause, String message) {
    if (cause instanceof FailedToCreateRouteException route) {
      return message.contains(AT_A_STEP) ? trying : beginning(route.getRouteId(), message);
    }
    if (cause instanceof FailedToStartRouteException route) {
      return files.of(route.getRouteId());
    }
    Matcher file = BEANS.matcher(message);
    return file.find() ? file.group(1) + bean(cause.getCause()) : null;
  }

  private String beginning(@Nullable String id, String message) {
    Matcher same = SAME_ID.matcher(message);
    return same.find() ? files.of(same.group(1).strip()) : files.of(id) + ", from";
  }

  private static String bean(@Nullable Throwable cause) {
    Matcher name = BEAN.matcher(cause == null ? "" : String.valueOf(cause.getMessage()));
    return name.find() ? ", bean " + name.group(1) : "";
  }
}
