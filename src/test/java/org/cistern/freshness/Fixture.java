package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.rule.KeyStrategy;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Rule.IgnoredCookies;
import org.cistern.rule.Rule.Keep;
import org.cistern.rule.Rule.KeyShape;
import org.cistern.rule.Rule.Life;
import org.cistern.rule.Rule.QueryMode;
import org.cistern.rule.Rule.QueryShape;
import org.cistern.rule.SetCookie;
import org.cistern.rule.Strategy;
import org.cistern.rule.WritePolicy;
import org.jspecify.annotations.Nullable;

/** Rules, requests and responses for tests: the plainest ones, to be changed in one place each. */
final class Fixture {

  static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
  static final Target TARGET = new Target("https", "api.example.org", "/a/b", "q=1");
  static final Position POSITION = new Position(7, 3);
  static final Rule FOLLOW = rule(life -> life, keep -> keep);

  private Fixture() {}

  static Rule rule(UnaryOperator<LifeDraft> life, UnaryOperator<KeepDraft> keep) {
    return rule(key(false), life, keep);
  }

  static Rule rule(KeyShape key, UnaryOperator<LifeDraft> life, UnaryOperator<KeepDraft> keep) {
    return new Rule(
        "models",
        0,
        new Rule.When("/**", Set.of("GET", "POST"), List.of(), List.of()),
        key,
        life.apply(new LifeDraft()).done(),
        keep.apply(new KeepDraft()).done(),
        null,
        null,
        null);
  }

  static Rule ttl(Duration ttl) {
    return rule(life -> life.ttl(ttl), keep -> keep);
  }

  static KeyShape key(boolean perUser, String... ignoredCookies) {
    return new KeyShape(
        KeyStrategy.PATH_PARAMS,
        perUser,
        new QueryShape(QueryMode.ALL, Set.of()),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(
            new IdentitySource(Kind.HEADER, "Authorization"),
            new IdentitySource(Kind.HEADER, "X-API-Key")),
        new IgnoredCookies(false, List.of(ignoredCookies)));
  }

  static Asked get(String... fields) {
    return asked("GET", FOLLOW, null, fields);
  }

  static Asked get(Rule rule, String... fields) {
    return asked("GET", rule, null, fields);
  }

  static Asked asked(String method, @Nullable Rule rule, @Nullable String owner, String... fields) {
    return asked(method, rule, owner, named(rule, owner), fields);
  }

  /** A request of a user whom these sources name. */
  static Asked asked(
      String method,
      @Nullable Rule rule,
      @Nullable String owner,
      Set<IdentitySource> named,
      String... fields) {
    Request request = request(method, fields);
    RequestDirectives directives = RequestDirectives.of(request.fields());
    return new Asked(request, directives, rule, owner, null, named);
  }

  /** A user is named by all that the rule takes, unless a test says otherwise. */
  private static Set<IdentitySource> named(@Nullable Rule rule, @Nullable String owner) {
    return rule == null || owner == null ? Set.of() : Set.copyOf(rule.key().identity());
  }

  static Request request(String method, String... fields) {
    return new Plain(method, TARGET, Headers.of(fields));
  }

  record Plain(String method, Target target, Fields fields) implements Request {}

  /** A response that arrives now, dated now unless it says otherwise. */
  static Received received(int status, String... headers) {
    Headers fields = Headers.of(headers);
    Headers dated =
        fields.has("Date") ? fields : fields.toBuilder().add("Date", HttpDate.format(NOW)).build();
    return new Received(status, dated, 3, false, NOW, NOW);
  }

  static Received ok(String... headers) {
    return received(200, headers);
  }

  /** What is stored of a response, which must be storable. */
  static Answer stored(Asked asked, Received response) {
    Storing.Keep keep = Storing.decide(asked, response).keep();
    if (keep == null) {
      throw new AssertionError(Storing.decide(asked, response));
    }
    return keep.answer(Body.of(new byte[] {1, 2, 3}), POSITION);
  }

  static Facts facts(String... headers) {
    return facts(FOLLOW, headers);
  }

  static Facts facts(Rule rule, String... headers) {
    return Facts.of(stored(get(rule), ok(headers)), rule);
  }

  static Instant in(double seconds) {
    return NOW.plusMillis((long) (seconds * 1000));
  }

  /** A life of which one part after the other is changed. */
  static final class LifeDraft {
    private @Nullable Duration ttl;
    private boolean override;
    private @Nullable Duration staleWhileRevalidate;
    private @Nullable Duration staleIfError;
    private @Nullable Double refreshAhead;
    private double jitter;
    private @Nullable Duration negative;

    LifeDraft ttl(Duration value) {
      ttl = value;
      return this;
    }

    LifeDraft override() {
      override = true;
      return this;
    }

    LifeDraft windows(Duration whileRevalidate, Duration ifError) {
      staleWhileRevalidate = whileRevalidate;
      staleIfError = ifError;
      return this;
    }

    LifeDraft refreshAhead(double share) {
      refreshAhead = share;
      return this;
    }

    LifeDraft jitter(double share) {
      jitter = share;
      return this;
    }

    LifeDraft negative(Duration value) {
      negative = value;
      return this;
    }

    Life done() {
      return new Life(
          ttl, override, staleWhileRevalidate, staleIfError, refreshAhead, jitter, negative);
    }
  }

  /** What is kept, of which one part after the other is changed. */
  static final class KeepDraft {
    private boolean store = true;
    private Strategy strategy = Strategy.MULTI_LEVEL;
    private Set<Integer> statusCodes = Set.of();
    private long minSize;
    private long maxSize = 8 << 20;
    private List<String> contentTypes = List.of();
    private SetCookie setCookie = SetCookie.SKIP;
    private boolean shared;
    private boolean closeDelimited = true;
    private Set<String> tags = Set.of();
    private List<Rule.TagSource> tagsFrom = List.of();

    KeepDraft passesThrough() {
      store = false;
      return this;
    }

    KeepDraft strategy(Strategy value) {
      strategy = value;
      return this;
    }

    KeepDraft statusCodes(Integer... codes) {
      statusCodes = Set.of(codes);
      return this;
    }

    KeepDraft sizes(long least, long most) {
      minSize = least;
      maxSize = most;
      return this;
    }

    KeepDraft contentTypes(String... types) {
      contentTypes = List.of(types);
      return this;
    }

    KeepDraft setCookie(SetCookie value) {
      setCookie = value;
      return this;
    }

    KeepDraft sharedDespiteAuthorization() {
      shared = true;
      return this;
    }

    KeepDraft skipCloseDelimited() {
      closeDelimited = false;
      return this;
    }

    KeepDraft tags(Set<String> own, String header) {
      tags = own;
      tagsFrom = List.of(new Rule.TagSource(header, null));
      return this;
    }

    Keep done() {
      return new Keep(
          store,
          strategy,
          WritePolicy.BEHIND,
          statusCodes,
          minSize,
          maxSize,
          contentTypes,
          setCookie,
          shared,
          true,
          closeDelimited,
          8,
          null,
          tags,
          tagsFrom);
    }
  }
}
