package org.cistern.camel.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cistern.answer.Answer;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** The tags that a rule reads from the content of its answers, where that is JSON. */
final class BodyTags {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\*|\\d+)]");

  /** About a millisecond of parsing; more would keep everybody else on the event loop waiting. */
  private static final int MOST_ON_LOOP = 64 << 10;

  private static final int MOST = 256;
  private static final int LONGEST = 256;

  private BodyTags() {}

  /** Tells whether reading the tags of this content belongs on a worker. */
  static boolean takesLong(@Nullable Rule rule, Answer answer) {
    return answer.body().size() > MOST_ON_LOOP && rule != null && !paths(rule).isEmpty();
  }

  /** Returns the answer with the tags of its content. */
  static Answer of(@Nullable Rule rule, Answer answer) {
    List<String> paths = rule == null ? List.of() : paths(rule);
    JsonNode content = paths.isEmpty() ? null : content(answer);
    if (content == null) {
      return answer;
    }
    Set<String> tags = new LinkedHashSet<>(answer.tags());
    paths.forEach(path -> at(content, path).forEach(node -> add(tags, node)));
    return tagged(answer, tags);
  }

  private static List<String> paths(Rule rule) {
    List<String> paths = new ArrayList<>();
    for (Rule.TagSource source : rule.keep().tagsFrom()) {
      String path = source.jsonPath();
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static @Nullable JsonNode content(Answer answer) {
    try {
      return answer.headers().has("content-encoding") ? null : JSON.readTree(answer.body().bytes());
    } catch (IOException noJson) {
      return null;
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

  private static void add(Set<String> tags, JsonNode node) {
    String tag = node.isValueNode() && !node.isNull() ? node.asText() : "";
    if (!tag.isEmpty() && tag.length() <= LONGEST && tags.size() < MOST) {
      tags.add(tag);
    }
  }

  private static Answer tagged(Answer answer, Set<String> tags) {
    return new Answer(
        answer.target(),
        answer.method(),
        answer.status(),
        answer.headers(),
        answer.body(),
        answer.requestTime(),
        answer.responseTime(),
        answer.varied(),
        answer.vary(),
        tags,
        answer.rule(),
        answer.owner(),
        answer.expires(),
        answer.position());
  }
}
