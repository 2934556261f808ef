package org.cistern.camel.guard;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds routes and steps without the parts that they need: Camel's reader of YAML fails over them
 * without a word.
 */
public final class HollowSteps {

  /** The steps of the schema that may be a text. */
  private static final Set<String> TAKE_TEXT =
      Set.of(
          "bean",
          "convertBodyTo",
          "kamelet",
          "log",
          "poll",
          "removeHeader",
          "removeHeaders",
          "removeProperties",
          "removeProperty",
          "removeVariable",
          "rollback",
          "routingSlip",
          "sample",
          "serviceCall",
          "setExchangePattern",
          "to",
          "toD");

  private HollowSteps() {}

  /** Tells whether a failure of the start is one that they cause: Camel's own, without words. */
  public static boolean mayCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    return (root instanceof UnsupportedOperationException || root instanceof NullPointerException)
        && trace.length > 0
        && trace[0].getClassName().startsWith("org.apache.camel.");
  }

  /** Returns a sentence with the line of the first one in the text of a file, or null. */
  public static @Nullable String find(String text) {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(text)
          .flatMap(file -> Stream.concat(routes(file), steps(file)).findFirst())
          .orElse(null);
    } catch (YamlEngineException unreadable) {
      return null;
    }
  }

  private static Stream<String> routes(Node file) {
    return named(file)
        .filter(entry -> name(entry).equals("route") && !hasFrom(entry.getValueNode()))
        .map(route -> line(route) + "the route has no 'from'");
  }

  private static boolean hasFrom(Node route) {
    return route instanceof MappingNode parts
        && parts.getValue().stream().anyMatch(part -> name(part).equals("from"));
  }

  private static Stream<String> steps(Node node) {
    Stream<String> here = named(node).flatMap(HollowSteps::hollow);
    return Stream.concat(here, inside(node).flatMap(HollowSteps::steps));
  }

  private static Stream<String> hollow(NodeTuple step) {
    if (!(step.getValueNode() instanceof ScalarNode value)) {
      return Stream.empty();
    }
    String text = value.getValue();
    if (text.isEmpty()) {
      return Stream.of(line(step) + "there is nothing under '" + name(step) + "'");
    }
    return TAKE_TEXT.contains(name(step))
        ? Stream.empty()
        : Stream.of(line(step) + name(step) + " is '" + text + "'; allowed are its parts");
  }

  /** Steps, and what a file begins with, are the items of lists with one name each. */
  private static Stream<NodeTuple> named(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().filter(HollowSteps::isOne).flatMap(HollowSteps::entries)
        : Stream.empty();
  }

  private static boolean isOne(Node item) {
    return item instanceof MappingNode map && map.getValue().size() == 1;
  }

  private static Stream<NodeTuple> entries(Node node) {
    return node instanceof MappingNode map ? map.getValue().stream() : Stream.empty();
  }

  private static Stream<Node> inside(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream()
        : entries(node).map(NodeTuple::getValueNode);
  }

  private static String name(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  private static String line(NodeTuple entry) {
    return entry
        .getKeyNode()
        .getStartMark()
        .map(Mark::getLine)
        .map(at -> "line " + (at + 1) + ": ")
        .orElse("");
  }
}
