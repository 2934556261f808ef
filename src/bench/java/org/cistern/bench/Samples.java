package org.cistern.bench;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.rule.load.RuleLoader;
import org.cistern.rule.match.RuleBook;

/** Requests, rules and answers that the benchmarks work on. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static final Headers FIELDS =
      Headers.builder()
          .add("Host", "api.example.org")
          .add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101")
          .add("Accept", "application/json")
          .add("Accept-Language", "en-US,en;q=0.5")
          .build();

  private Samples() {}

  /** A GET as a browser sends it. */
  record Get(Target target, Fields fields) implements Request {
    @Override
    public String method() {
      return "GET";
    }
  }

  static Request get(String path) {
    return new Get(new Target("https", "api.example.org", path, "page=2&sort=name"), FIELDS);
  }

  /** Rules with distinct patterns, every tenth with two stars. */
  static RuleBook rules(int count) {
    StringBuilder yaml = new StringBuilder("rules:\n");
    for (int i = 0; i < count; i++) {
      String tail = i % 10 == 9 ? "/**" : "/items/*";
      yaml.append("- {id: r").append(i).append(", path_pattern: \"").append(service(i));
      yaml.append(tail).append("\", cache_ttl: 60}\n");
    }
    return RuleLoader.file("bench.yaml", yaml.toString()).book();
  }

  /** A path of a rule; paths of one length, whatever the rule and the item below 90,000. */
  static String path(int rule, int item) {
    return service(rule) + "/items/" + (10_000 + item);
  }

  private static String service(int rule) {
    return String.format(Locale.ROOT, "/api/v%d/service%04d", rule % 7, rule);
  }

  /** An answer of 1 KB. */
  static Answer answer(String rule) {
    Headers.Builder headers = Headers.builder();
    headers.add("Content-Type", "application/json");
    headers.add("Cache-Control", "max-age=300");
    headers.add("ETag", "\"4711\"");
    headers.add("Date", "Mon, 23 Nov 2026 12:00:00 GMT");
    return new Answer(
        get(path(3, 0)).target(),
        "GET",
        200,
        headers.build(),
        Body.of(
            "{\"id\":1,\"name\":\"x\"}"
                .repeat(50)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        NOW,
        NOW,
        Headers.empty(),
        List.of(),
        Set.of(),
        rule,
        null,
        NOW.plusSeconds(3600),
        new Position(1, 1));
  }
}
