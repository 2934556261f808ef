package org.cistern.camel.guard;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
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

  /** What may be a text, by Camel's schema. */
  private static final Set<String> TAKE_TEXT =
      Set.of(
          "bean",
          "convertBodyTo",
          "from",
          "interceptFrom",
          "interceptSendToEndpoint",
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

  /** Tells whether a failure of the start is one that they cause. */
  public static boolean mayCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof UnsupportedOperationException
        ? isFrom(root, "org.apache.camel.dsl.yaml.")
        : root instanceof NullPointerException
            && isFrom(root, "org.apache.camel.model.RouteDefinition");
  }

  private static boolean isFrom(Throwable root, String where) {
    StackTraceElement[] trace = root.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(where);
  }

  /**
   * Returns a sentence with the line of the first one in the text of a file, or null. Files of
   * other kinds than a list of routes, such as pipes, have none.
   */
  public static @Nullable String find(String text) {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(text)
          .filter(SequenceNode.class::isInstance)
          .flatMap(file -> in(file).min(Comparator.comparingInt(Found::line)))
          .map(found -> "line %d: %s".formatted(found.line, found.what))
          .orElse(null);
    } catch (YamlEngineException unreadable) {
      return null;
    }
  }

  private record Found(int line, String what) {

    static Found at(NodeTuple entry, String what) {
      return new Found(entry.getKeyNode().getStartMark().map(Mark::getLine).orElse(0) + 1, what);
    }
  }

  private static Stream<Found> in(Node file) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return Stream.of(named(file).flatMap(HollowSteps::route), hollows(file), steps(file, seen))
        .flatMap(all -> all);
  }

  private static Stream<Found> route(NodeTuple route) {
    return name(route).equals("route") && !hasFrom(route.getValueNode())
        ? Stream.of(Found.at(route, "the route has no 'from'"))
        : Stream.empty();
  }

  private static boolean hasFrom(Node route) {
    return entries(route).anyMatch(part -> name(part).equals("from"));
  }

  /** Only under this name does a list hold steps. By an alias, a node may be inside itself. */
  private static Stream<Found> steps(Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return Stream.empty();
    }
    Stream<Found> here =
        entries(node)
            .filter(part -> name(part).equals("steps"))
            .flatMap(part -> hollows(part.getValueNode()));
    return Stream.concat(here, inside(node).flatMap(part -> steps(part, seen)));
  }

  private static Stream<Found> hollows(Node list) {
    return named(list).flatMap(HollowSteps::hollow);
  }

  /** The text itself may be a password. */
  private static Stream<Found> hollow(NodeTuple step) {
    String name = name(step);
    if (TAKE_TEXT.contains(name) || !(step.getValueNode() instanceof ScalarNode text)) {
      return Stream.empty();
    }
    return Stream.of(
        Found.at(
            step,
            text.getValue().isEmpty()
                ? "there is nothing under '" + name + "'"
                : name + " has a text; allowed are its parts"));
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
}
