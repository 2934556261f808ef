package org.cistern.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.freshness.Tags;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge.Scope;
import org.jspecify.annotations.Nullable;

/** The log against a list of all purges that is tested one by one. */
class PurgeLogReferenceTest {

  /** What an answer is, but for its position. */
  record Shape(Target target, Set<String> tags, String rule, @Nullable String owner) {
    Answer at(Position position) {
      return Samples.answer(target, tags, rule, owner, position);
    }
  }

  @Property
  void everyAnswerIsCoveredAsTheListOfAllPurgesSays(
      @ForAll("purges") List<Purge> purges, @ForAll("shapes") Shape shape) {
    FlakyStore store = new FlakyStore();
    PurgeLog log = open(store);
    List<Answer> answers = new ArrayList<>(List.of(shape.at(log.head())));
    List<@Nullable Checked> marks = new ArrayList<>();
    marks.add(null);
    for (int i = 0; i < purges.size(); i++) {
      log.append(purges.get(i));
      answers.add(shape.at(log.head()));
      marks.add(null);
      // Every third hit, so that marks fall behind by different distances.
      for (int k = i % 3; k < answers.size(); k += 3) {
        marks.set(k, log.check(answers.get(k), marks.get(k)));
        assertThat(marks.get(k).coverage()).isEqualTo(expected(purges.subList(k, i + 1), shape));
      }
    }
    PurgeLog restarted = open(store);
    for (int k = 0; k < answers.size(); k++) {
      Coverage expected = expected(purges.subList(k, purges.size()), shape);
      assertThat(log.covers(answers.get(k))).isEqualTo(expected);
      assertThat(restarted.covers(answers.get(k))).isEqualTo(expected);
    }
  }

  private static PurgeLog open(FlakyStore store) {
    return PurgeLog.open(store, InstantSource.system(), 1_000);
  }

  private static Coverage expected(List<Purge> newer, Shape shape) {
    Coverage coverage = Coverage.NONE;
    for (Purge purge : newer) {
      if (speaksOf(purge.scope(), shape)) {
        coverage =
            purge.hard() ? Coverage.HARD : coverage == Coverage.HARD ? coverage : Coverage.SOFT;
      }
    }
    return coverage;
  }

  private static boolean speaksOf(Scope scope, Shape shape) {
    if (scope instanceof Scope.Uri uri) {
      boolean samePath = uri.target().withoutQuery().equals(shape.target.withoutQuery());
      return uri.target().uri().equals(shape.target.uri())
          || (samePath && shape.tags.contains(Tags.ofPath(shape.target)));
    } else if (scope instanceof Scope.Pattern pattern) {
      return (pattern.host().equals("*") || pattern.host().equals(shape.target.host()))
          && shape.target.path().matches(PathGlobTest.regex(pattern.pattern()));
    } else if (scope instanceof Scope.Tag tag) {
      return shape.tags.contains(tag.tag());
    } else if (scope instanceof Scope.ByRule rule) {
      return shape.rule.equals(rule.rule());
    } else if (scope instanceof Scope.User user) {
      return user.owner().equals(shape.owner);
    }
    return true;
  }

  @Provide
  Arbitrary<List<Purge>> purges() {
    Arbitrary<Scope> scopes =
        Arbitraries.frequencyOf(
            List.of(
                tuple(6, targets().map(Scope.Uri::new)),
                tuple(3, patterns()),
                tuple(3, names().map(Scope.Tag::new)),
                tuple(2, names().map(Scope.ByRule::new)),
                tuple(2, names().map(Scope.User::new)),
                tuple(1, Arbitraries.just(new Scope.Everything()))));
    return Combinators.combine(scopes, Arbitraries.of(true, false, false))
        .as(Purge::new)
        .list()
        .ofMaxSize(30);
  }

  private static Tuple.Tuple2<Integer, Arbitrary<Scope>> tuple(
      int weight, Arbitrary<? extends Scope> scopes) {
    return Tuple.of(weight, scopes.map(scope -> (Scope) scope));
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Combinators.combine(
            targets(),
            names().set().ofMaxSize(3),
            names(),
            names().injectNull(0.4),
            Arbitraries.of(true, false))
        .as(PurgeLogReferenceTest::shape);
  }

  private static Shape shape(
      Target target,
      Set<String> tags,
      String rule,
      @Nullable String owner,
      boolean severalQueries) {
    Set<String> all = new HashSet<>(tags);
    if (severalQueries) {
      all.add(Tags.ofPath(target));
    }
    return new Shape(target, all, rule, owner);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "c", "d");
  }

  private static Arbitrary<Target> targets() {
    return Combinators.combine(
            Arbitraries.of("http", "https"),
            Arbitraries.of("one.example", "two.example:81"),
            Arbitraries.of("/", "/a", "/a/b", "/a/b/c"),
            Arbitraries.of("x=1", "").injectNull(0.6))
        .as(Target::new);
  }

  private static Arbitrary<Scope.Pattern> patterns() {
    return Combinators.combine(
            Arbitraries.of("*", "one.example", "three.example"),
            Arbitraries.of("/**", "/a/*", "/*", "/a/**/c", "/*/b/**", "**", "/a"))
        .as(Scope.Pattern::new);
  }
}
