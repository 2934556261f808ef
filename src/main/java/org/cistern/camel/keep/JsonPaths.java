package org.cistern.camel.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What paths like {@code $.items[*].id} point at in JSON. */
final class JsonPaths {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\*|\\d+)]");

  private JsonPaths() {}

  /** Returns the texts, numbers and truth values at the paths; nothing where it is no JSON. */
  static Stream<String> values(byte[] content, List<String> paths) {
    try {
      JsonNode root = JSON.readTree(content);
      return paths.stream()
          .flatMap(path -> at(root, path).stream())
          .filter(node -> node.isValueNode() && !node.isNull())
          .map(JsonNode::asText);
    } catch (IOException noJson) {
      return Stream.empty();
    }
  }

  private static List<JsonNode> at(JsonNode root, String path) {
    List<JsonNode> nodes = List.of(root);
    for (MatchResult step : STEP.matcher(path).results().toList()) {
      List<JsonNode> next = new ArrayList<>();
      nodes.forEach(node -> walk(node, step, next));
      nodes = next;
    }
    return nodes;
  }

  private static void walk(JsonNode node, MatchResult step, List<JsonNode> found) {
    String name = step.group(1);
    if (name == null && step.group(2).equals("*")) {
      node.forEach(found::add);
      return;
    }
    JsonNode next = name != null ? node.get(name) : node.get(Integer.parseInt(step.group(2)));
    if (next != null) {
      found.add(next);
    }
  }
}
