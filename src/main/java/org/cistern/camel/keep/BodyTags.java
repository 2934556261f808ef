package org.cistern.camel.keep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** The tags that a rule reads from the content of its answers, where that is JSON. */
public final class BodyTags {

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
  public static Answer of(@Nullable Rule rule, Answer answer) {
    List<String> paths = rule == null ? List.of() : paths(rule);
    if (paths.isEmpty() || isCoded(answer)) {
      return answer;
    }
    Set<String> tags = new LinkedHashSet<>(answer.tags());
    JsonPaths.values(answer.body().bytes(), paths).forEach(value -> add(tags, value));
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

  private static void add(Set<String> tags, String value) {
    if (!value.isEmpty() && value.length() <= LONGEST && tags.size() < MOST) {
      tags.add(value);
    }
  }

  private static boolean isCoded(Answer answer) {
    return answer.headers().has("content-encoding");
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
