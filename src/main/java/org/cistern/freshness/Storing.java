package org.cistern.freshness;

import java.time.Instant;
import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.http.uri.Target;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Decides whether a response may be stored, in what form, and until when (RFC 9111 section 3). */
public final class Storing {

  /** One question to a response: why it may not be stored, or null. */
  private interface Guard {
    @Nullable Reason check(Candidate candidate);
  }

  private static final List<Guard> GUARDS =
      List.of(
          Storing::rule,
          Storing::method,
          Storing::status,
          Storing::maimed,
          Storing::requestNoStore,
          Storing::responseNoStore,
          Storing::responsePrivate,
          Users::check,
          Cookies::check,
          Storing::varyStar,
          Content::check);

  private Storing() {}

  /** What is to become of a response. */
  public sealed interface Decision {

    /** Returns why. */
    Reason reason();

    /** Returns what is to be stored, or null. */
    default @Nullable Keep keep() {
      return null;
    }
  }

  /**
   * It is stored.
   *
   * @param draft the answer, but for its body and its position; its method is the one whose
   *     requests it satisfies and its key has to be made for
   */
  public record Keep(Answer draft) implements Decision {

    @Override
    public Reason reason() {
      return Reason.STORED;
    }

    @Override
    public Keep keep() {
      return this;
    }

    /** Returns the answer with its body and the position at which its fetch began. */
    public Answer answer(Body body, Position position) {
      return Drafts.complete(draft, body, position);
    }

    /** Decides about the size once it is known, where the head did not tell it. */
    public Decision sized(Rule rule, long size) {
      Reason wrong = Content.size(rule, size);
      return wrong == null ? this : new Skip(wrong);
    }
  }

  /** It is not stored. */
  public record Skip(Reason reason) implements Decision {}

  /** Decides about a response whose head has come. */
  public static Decision decide(Asked asked, Received response) {
    Rule rule = asked.rule();
    if (rule == null) {
      return new Skip(Reason.RULE_NONE);
    }
    Candidate candidate = Candidate.of(asked, rule, response);
    for (Guard guard : GUARDS) {
      Reason refused = guard.check(candidate);
      if (refused != null) {
        return new Skip(refused);
      }
    }
    return dated(candidate);
  }

  /** The last guards need the lifetime, which needs the fields as they would be stored. */
  private static Decision dated(Candidate candidate) {
    Answer draft = Drafts.of(candidate);
    Facts facts = Facts.of(draft, candidate.rule());
    Reason refused = freshness(candidate, facts);
    if (refused != null) {
      return new Skip(refused);
    }
    return new Keep(Drafts.until(draft, keepUntil(candidate, facts)));
  }

  /** No answer of a user outlives what proves who the user is. */
  private static Instant keepUntil(Candidate candidate, Facts facts) {
    Instant proof = candidate.asked().ownerUntil();
    Instant until = facts.keepUntil();
    return facts.perUser() && proof != null && proof.isBefore(until) ? proof : until;
  }

  private static @Nullable Reason freshness(Candidate candidate, Facts facts) {
    if (!isAllowedToLive(candidate, facts)) {
      return Reason.STATUS;
    }
    if (Cookies.someUnknown(candidate) && !isTheOrigins(facts)) {
      return Reason.UNKNOWN_COOKIE;
    }
    if (facts.isWorthKeeping()) {
      return null;
    }
    return facts.source() == Lifetime.Source.NONE ? Reason.NO_FRESHNESS : Reason.BORN_STALE;
  }

  /** The last condition of section 3: something says that the response may be reused. */
  private static boolean isAllowedToLive(Candidate candidate, Facts facts) {
    int status = candidate.response().status();
    return facts.source() != Lifetime.Source.NONE
        || candidate.said().isPublic()
        || Statuses.heuristicallyCacheable(status)
        || candidate.rule().keep().statusCodes().contains(status);
  }

  /** The origin dates it, or is asked before each use, unless the rule beats its no-cache. */
  private static boolean isTheOrigins(Facts facts) {
    return facts.source().isOrigin() || facts.alwaysValidate();
  }

  private static @Nullable Reason rule(Candidate candidate) {
    return candidate.rule().keep().store() ? null : Reason.RULE_PASSES;
  }

  private static @Nullable Reason method(Candidate candidate) {
    return Drafts.method(candidate) == null ? Reason.METHOD : null;
  }

  private static @Nullable Reason status(Candidate candidate) {
    int status = candidate.response().status();
    if (status == 206) {
      return Reason.PARTIAL_CONTENT;
    }
    boolean listed =
        candidate.rule().keep().statusCodes().isEmpty()
            || candidate.rule().keep().statusCodes().contains(status);
    return listed && !Statuses.neverStored(status) ? null : Reason.STATUS;
  }

  private static @Nullable Reason maimed(Candidate candidate) {
    return candidate.response().maimed() ? Reason.MAIMED : null;
  }

  private static @Nullable Reason requestNoStore(Candidate candidate) {
    return candidate.asked().directives().noStore() ? Reason.NO_STORE_REQUEST : null;
  }

  /** Where the status is known, must-understand makes no-store void (section 5.2.2.3). */
  private static @Nullable Reason responseNoStore(Candidate candidate) {
    ResponseDirectives said = candidate.said();
    boolean understood = Statuses.understood(candidate.response().status());
    if (said.mustUnderstand()) {
      return understood ? null : Reason.NOT_UNDERSTOOD;
    }
    return said.noStore() ? Reason.NO_STORE_RESPONSE : null;
  }

  private static @Nullable Reason responsePrivate(Candidate candidate) {
    return candidate.said().isPrivate() ? Reason.PRIVATE : null;
  }

  private static @Nullable Reason varyStar(Candidate candidate) {
    return candidate.vary().contains("*") ? Reason.VARY_STAR : null;
  }

  /**
   * Tells whether a response to a POST stands for its target as a GET would show it (RFC 9110
   * section 9.3.3; of an error Content-Location says no such thing, section 8.7).
   */
  static boolean standsForItsTarget(Candidate candidate) {
    Target target = candidate.asked().request().target();
    String location = candidate.response().headers().first("Content-Location");
    boolean explicit =
        candidate.said().sMaxage().isPresent()
            || candidate.said().maxAge().isPresent()
            || candidate.response().headers().has("Expires");
    boolean success = candidate.response().status() / 100 == 2;
    return success
        && explicit
        && location != null
        && target.equals(Reference.resolve(target, location, candidate.response().askedUnder()));
  }
}
