package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cistern.http.uri.LaxPath;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Problem;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * All rules in force, compiled for matching. It never changes, may be asked by any thread without a
 * lock, and allocates nothing when asked for a rule without conditions on headers.
 */
public final class RuleBook {

  private static final Question<Request> SPEAKS_OF = new SpeaksOf();
  private static final Question<Target> KEEPS = CompiledRule::keeps;

  private final List<PlacedRule> rules;

  /** The same by their numbers, so that a match reads nothing else of the rule that it returns. */
  private final Rule[] inOrder;

  private final List<Problem> remarks;
  private final Map<String, PlacedRule> byId;
  private final Set<String> identityParameters;
  private final RuleIndex index;

  private RuleBook(List<PlacedRule> rules, List<Problem> remarks) {
    this.rules = List.copyOf(rules);
    this.inOrder = rules.stream().map(PlacedRule::rule).toArray(Rule[]::new);
    this.remarks = List.copyOf(remarks);
    this.byId = byId(rules);
    this.identityParameters = identityParameters(rules);
    this.index = new RuleIndex(compile(rules));
  }

  private static final class SpeaksOf implements Question<Request> {
    @Override
    public boolean answeredBy(CompiledRule rule, Request request) {
      return rule.accepts(request);
    }

    @Override
    public boolean answeredByUsual(CompiledRule[] rules, int number, Request request) {
      return CompiledRule.isUsual(request);
    }
  }

  /** Returns a book without rules: every request passes through. */
  public static RuleBook empty() {
    return new RuleBook(List.of(), List.of());
  }

  /**
   * Returns a book of these rules, those made over the API first, those of a file as they stand.
   *
   * @param remarks warnings and notes that were made about them
   * @throws IllegalArgumentException where a path pattern is none, or two rules have one id
   */
  public static RuleBook of(List<PlacedRule> rules, List<Problem> remarks) {
    return new RuleBook(rules.stream().sorted(PlacedRule.IN_FORCE).toList(), remarks);
  }

  /**
   * Returns what is to be said of rules that stand in this order: a shared rule that hides one per
   * user, ids that are double or unknown, rules that are never reached.
   */
  public static List<Problem> check(List<PlacedRule> rules) {
    return new Overlaps(rules).find();
  }

  static List<CompiledRule> compile(List<PlacedRule> rules) {
    List<CompiledRule> compiled = new ArrayList<>(rules.size());
    for (PlacedRule placed : rules) {
      compiled.add(new CompiledRule(compiled.size(), placed.rule()));
    }
    return compiled;
  }

  private static Map<String, PlacedRule> byId(List<PlacedRule> rules) {
    Map<String, PlacedRule> byId = new HashMap<>();
    for (PlacedRule placed : rules) {
      if (byId.put(placed.rule().id(), placed) != null) {
        throw new IllegalArgumentException("two rules have the id '" + placed.rule().id() + "'");
      }
    }
    return byId;
  }

  private static Set<String> identityParameters(List<PlacedRule> rules) {
    return rules.stream()
        .flatMap(placed -> placed.rule().key().identity().stream())
        .filter(source -> source.kind() == Rule.IdentitySource.Kind.PARAM)
        .map(Rule.IdentitySource::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns the first rule that speaks of the request, or null: it passes through, uncached. So
   * does a path that some servers read as one whose answers another rule keeps apart: they would be
   * everybody's.
   */
  public @Nullable Rule match(Request request) {
    String path = request.target().path();
    Rule found = match(path, request);
    String lax = LaxPath.withoutEndSlash(path);
    return lax.equals(path) || !isKeptApart(match(lax, request), found) ? found : null;
  }

  private @Nullable Rule match(String path, Request request) {
    int found = index.find(path, SPEAKS_OF, request);
    return found == RuleIndex.NONE ? null : inOrder[found];
  }

  private static boolean isKeptApart(@Nullable Rule rule, @Nullable Rule found) {
    return rule != null && !rule.equals(found) && rule.keepsApart();
  }

  /**
   * Tells whether any rule that keeps answers speaks of the target, whatever the method and the
   * headers. Where none does, an unsafe request has nothing to invalidate.
   */
  public boolean keepsAnswersOf(Target target) {
    return index.find(target.path(), KEEPS, target) != RuleIndex.NONE;
  }

  /** Returns the rules in the order in which they are asked. */
  public List<PlacedRule> rules() {
    return rules;
  }

  /** Returns the parameters that name a user for any rule: what they hold is a secret. */
  public Set<String> identityParameters() {
    return identityParameters;
  }

  /** Returns the rule of this id, or null. */
  public @Nullable PlacedRule rule(String id) {
    return byId.get(id);
  }

  /** Returns what was accepted and will hardly be meant. */
  public List<Problem> warnings() {
    return remarks.stream().filter(each -> each.severity() == Problem.Severity.WARNING).toList();
  }

  /**
   * Returns what was decided where the rules left it open, such as the ids of rules without one.
   */
  public List<Problem> notes() {
    return remarks.stream().filter(each -> each.severity() == Problem.Severity.NOTE).toList();
  }
}
