package org.cistern.tier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.answer.Variants;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.cistern.rule.Key;

/** Answers to store in tests; each method changes one thing of a copy. */
public record Samples(Answer answer) {

  /** Begins with an answer that lives for an hour. */
  public static Samples at(Instant now, String body) {
    return new Samples(
        new Answer(
            new Target("http", "example.org", "/a", "b=c"),
            "GET",
            200,
            Headers.of("Content-Type", "text/plain", "Cache-Control", "max-age=60", "X-A", "1"),
            Body.of(body.getBytes(StandardCharsets.UTF_8)),
            now,
            now,
            Headers.empty(),
            List.of(),
            Set.of("tag"),
            "rule",
            null,
            now.plus(Duration.ofHours(1)),
            new Position(77, 5)));
  }

  /** Returns the key of this name. */
  public static Key key(Object name) {
    return new Key("4:http11:example.org" + name);
  }

  /** Returns the body of an answer as text. */
  public static String text(Answer answer) {
    return new String(answer.body().bytes(), StandardCharsets.UTF_8);
  }

  /** Returns what takes its place where the response to a request of its own time ends its life. */
  public static Answer deadOf(Answer answer) {
    return answer.dead(answer.requestTime(), answer.responseTime(), answer.position());
  }

  /** Changes what it answers, and where the purge log stood when it was fetched. */
  public Samples at(String path, Position position) {
    Target target = new Target("http", "example.org", path, null);
    return new Samples(
        new Answer(
            target,
            answer.method(),
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.requestTime(),
            answer.responseTime(),
            answer.varied(),
            answer.vary(),
            answer.tags(),
            answer.rule(),
            answer.owner(),
            answer.expires(),
            position));
  }

  public Samples expires(Instant when) {
    return with(answer.varied(), answer.vary(), answer.rule(), when);
  }

  public Samples rule(String rule) {
    return with(answer.varied(), answer.vary(), rule, answer.expires());
  }

  public Samples varyingOn(String name, Fields request) {
    List<String> vary = List.of(name);
    return with(Variants.varied(request, vary), vary, answer.rule(), answer.expires());
  }

  private Samples with(Headers varied, List<String> vary, String rule, Instant expires) {
    return new Samples(
        new Answer(
            answer.target(),
            answer.method(),
            answer.status(),
            answer.headers(),
            answer.body(),
            answer.requestTime(),
            answer.responseTime(),
            varied,
            vary,
            answer.tags(),
            rule,
            answer.owner(),
            expires,
            answer.position()));
  }
}
