package org.cistern.rule.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Source;
import org.cistern.rule.load.Value.Entry;
import org.cistern.rule.load.Value.Place;
import org.jspecify.annotations.Nullable;

/**
 * Reads rules as people write them: a file with a list {@code rules}, or one rule as JSON. Both
 * have the same {@link Vocabulary} and meet the same checks; all that is wrong is said at once.
 */
public final class RuleLoader {

  /** The most rules of one file. */
  public static final int MOST_RULES = 100_000;

  /** The longest file, in characters. */
  public static final int LONGEST = 10 * 1024 * 1024;

  private static final String RULES = "rules";
  private static final String API = "api";
  private static final Set<String> ONE_UPSTREAM =
      Stream.ofNullable(Vocabulary.UPSTREAM.standard()).collect(Collectors.toSet());

  private RuleLoader() {}

  /**
   * Reads the text of a rule file, all of whose rules are for the primary upstream.
   *
   * @param file the name for messages
   */
  public static Loaded file(String file, String text) {
    return file(file, text, ONE_UPSTREAM);
  }

  /**
   * Reads the text of a rule file.
   *
   * @param file the name for messages
   * @param upstreams the names of the upstreams that there are, the primary one among them
   */
  public static Loaded file(String file, String text, Set<String> upstreams) {
    Problems problems = new Problems(file);
    List<PlacedRule> rules = new ArrayList<>();
    for (Value value : items(text, problems)) {
      Place place = value.place();
      PlacedRule rule =
          new RuleReader(problems, upstreams)
              .read(value, new Source.InFile(file, place.line(), place.column()));
      if (rule != null) {
        rules.add(rule);
      }
    }
    return Loaded.of(rules, problems.all());
  }

  /**
   * Reads one rule made over the API. What it makes of the other rules, or they of it, is found
   * when they are put {@link #together}.
   *
   * @param json the parsed body: maps, lists, strings, numbers, booleans
   * @param made when it was made
   */
  public static Loaded json(Map<String, ?> json, Instant made) {
    return json(json, made, ONE_UPSTREAM);
  }

  /**
   * Reads one rule made over the API, as above.
   *
   * @param upstreams the names of the upstreams that there are, the primary one among them
   */
  public static Loaded json(Map<String, ?> json, Instant made, Set<String> upstreams) {
    Problems problems = new Problems(API);
    PlacedRule rule =
        new RuleReader(problems, upstreams).read(JsonValues.of(json), new Source.OverApi(made));
    return new Loaded(Stream.ofNullable(rule).toList(), problems.all());
  }

  /**
   * Puts rules of several origins together, as when a rule is made over the API or the file changes
   * under those that were. What was said of each is kept, what they make of each other is added.
   */
  public static Loaded together(Loaded one, Loaded other) {
    return Loaded.of(
        Stream.concat(one.rules().stream(), other.rules().stream()).toList(),
        Stream.concat(one.remarks().stream(), other.remarks().stream()).distinct().toList());
  }

  private static List<Value> items(String text, Problems problems) {
    if (text.length() > LONGEST) {
      problems.error(
          Place.NONE, "", "has " + text.length() + " characters; " + LONGEST + " are allowed");
      return List.of();
    }
    Value document = YamlLoader.load(text, problems);
    if (problems.errors() > 0 && document == null) {
      return List.of();
    }
    return document instanceof Value.Mapping mapping
        ? rulesOf(mapping, problems)
        : without(document, problems);
  }

  private static List<Value> without(@Nullable Value document, Problems problems) {
    boolean empty = document == null || document instanceof Value.Scalar;
    boolean list = document instanceof Value.Sequence;
    String sentence =
        list
            ? "begins with a list; write 'rules:' above it"
            : "has no list 'rules'; write 'rules: []' to let everything pass through";
    Place place = document == null || empty ? new Place(1, 1) : document.place();
    problems.error(place, "", sentence);
    return List.of();
  }

  private static List<Value> rulesOf(Value.Mapping document, Problems problems) {
    Value rules = null;
    for (Entry entry : document.entries()) {
      if (entry.name().equals(RULES)) {
        rules = entry.value();
      } else {
        String sentence =
            "is not a known field; a rule file has one, 'rules', and below it a list of rules";
        problems.error(entry.place(), entry.name(), sentence);
      }
    }
    if (rules == null) {
      problems.error(document.place(), RULES, "is missing");
      return List.of();
    }
    return listOf(rules, problems);
  }

  private static List<Value> listOf(Value rules, Problems problems) {
    if (!(rules instanceof Value.Sequence sequence)) {
      problems.error(
          rules.place(),
          RULES,
          "is " + rules.shown() + "; a list is needed, each rule behind a '-'");
      return List.of();
    }
    if (sequence.items().size() > MOST_RULES) {
      problems.error(
          rules.place(),
          RULES,
          "has " + sequence.items().size() + " rules; " + MOST_RULES + " are allowed");
      return List.of();
    }
    return sequence.items();
  }
}
