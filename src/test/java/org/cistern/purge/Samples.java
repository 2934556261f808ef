package org.cistern.purge;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/** Answers and purges as the tests of the log need them. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private Samples() {}

  public static Target target(String path) {
    int mark = path.indexOf('?');
    return mark < 0
        ? new Target("https", "api.example", path, null)
        : new Target("https", "api.example", path.substring(0, mark), path.substring(mark + 1));
  }

  public static Answer answer(String path, Position position) {
    return answer(target(path), Set.of("news", "front"), "models", null, position);
  }

  public static Answer answer(
      Target target, Set<String> tags, String rule, @Nullable String owner, Position position) {
    return new Answer(
        target,
        "GET",
        200,
        Headers.empty(),
        Body.empty(),
        NOON,
        NOON,
        Headers.empty(),
        List.of(),
        tags,
        rule,
        owner,
        NOON.plusSeconds(60),
        position);
  }

  public static Purge hard(Purge.Scope scope) {
    return new Purge(scope, true);
  }

  public static Purge soft(Purge.Scope scope) {
    return new Purge(scope, false);
  }

  public static Purge.Scope uri(String path) {
    return new Purge.Scope.Uri(target(path));
  }

  public static Purge.Scope everything() {
    return new Purge.Scope.Everything();
  }
}
