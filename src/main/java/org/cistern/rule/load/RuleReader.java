package org.cistern.rule.load;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Rule;
import org.cistern.rule.Source;
import org.jspecify.annotations.Nullable;

/** Reads one rule, whatever it was written in. */
final class RuleReader {

  private static final int MOST_PRIORITY = 1_000_000;

  private final Problems problems;
  private final Set<String> upstreams;

  /** Makes a reader of rules that name these upstreams only. */
  RuleReader(Problems problems, Set<String> upstreams) {
    this.problems = problems;
    this.upstreams = upstreams;
  }

  /** Returns the rule, or null where anything is wrong with it. */
  @Nullable PlacedRule read(Value value, Source source) {
    int before = problems.errors();
    if (!(value instanceof Value.Mapping mapping)) {
      problems.error(
          value.place(), "", "a rule is " + value.shown() + "; fields are needed: path_pattern: …");
      return null;
    }
    GroupReader in = new GroupReader(mapping, null, problems);
    Rule rule = rule(in);
    new Combinations(in, rule).check();
    return problems.errors() > before ? null : new PlacedRule(rule, source);
  }

  private Rule rule(GroupReader in) {
    LifeReader life = new LifeReader(in);
    Rule.When when = new WhenReader(in).read();
    return new Rule(
        id(in, when),
        in.value(
            Vocabulary.PRIORITY,
            value -> (int) Scalars.whole(value, -MOST_PRIORITY, MOST_PRIORITY)),
        when,
        new KeyReader(in).read(),
        life.read(),
        new KeepReader(in).read(),
        life.timeout(),
        life.warmup(),
        upstream(in));
  }

  /** Returns the name of an upstream, or null for the primary one, however it is named. */
  private @Nullable String upstream(GroupReader in) {
    List<String> names = List.copyOf(new TreeSet<>(upstreams));
    String name = in.value(Vocabulary.UPSTREAM, value -> Scalars.word(value, names));
    return name.equals(Vocabulary.UPSTREAM.standard()) ? null : name;
  }

  private String id(GroupReader in, Rule.When when) {
    String given = in.optional(Vocabulary.ID, HttpWords::id);
    if (given != null) {
      return given;
    }
    String made = RuleNames.of(when);
    if (!in.has(Vocabulary.ID)) {
      problems.note(
          in.place(), "", "the rule for " + when.path() + " has no id; its name is '" + made + "'");
    }
    return made;
  }
}
