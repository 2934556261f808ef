package org.cistern.rule;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of the rule book: which requests it speaks of, how their answers are keyed, how long
 * they live, and which of them are kept. Times are never negative; sizes are in bytes.
 *
 * @param id the rule's name, unique in the book
 * @param priority the higher goes first among rules made over the API; 0 for rules of the file
 * @param when which requests it speaks of
 * @param key how their answers are keyed
 * @param life how long they live
 * @param keep which answers are kept, and where
 * @param timeout how long the upstream may take until the response head; null: the global setting
 * @param warmup what keeps its answers warm, or null
 * @param upstream the name of the upstream that its requests go to; null: the primary one
 * @param plan how keys are made, which follows from the rest; leave it out
 */
public record Rule(
    String id,
    int priority,
    When when,
    KeyShape key,
    Life life,
    Keep keep,
    @Nullable Duration timeout,
    @Nullable Warmup warmup,
    @Nullable String upstream,
    KeyPlan plan) {

  /** The safe methods that have a body, and the one that is used in their place. */
  private static final Set<String> READ_BY_BODY =
      Set.of("POST", "QUERY", "SEARCH", "REPORT", "PROPFIND");

  /** Makes a rule, with the plan of its keys. */
  public Rule(
      String id,
      int priority,
      When when,
      KeyShape key,
      Life life,
      Keep keep,
      @Nullable Duration timeout,
      @Nullable Warmup warmup,
      @Nullable String upstream) {
    this(
        id,
        priority,
        when,
        key,
        life,
        keep,
        timeout,
        warmup,
        upstream,
        KeyPlan.of(key, keep, upstream));
  }

  /**
   * Which requests a rule speaks of.
   *
   * @param path the path pattern, as written
   * @param methods the methods; never empty, GET stands for HEAD as well
   * @param hosts host patterns ({@code *.example.org}); empty for every host
   * @param headers fields that must be there with a value that the pattern matches
   */
  public record When(
      String path, Set<String> methods, List<String> hosts, List<FieldPattern> headers) {
    public When {
      methods = Set.copyOf(methods);
      hosts = List.copyOf(hosts);
      headers = List.copyOf(headers);
    }
  }

  /**
   * A field and what its value must be like.
   *
   * @param name the field's name
   * @param value the value, {@code *} standing for any characters
   */
  public record FieldPattern(String name, String value) {}

  /**
   * How answers are keyed.
   *
   * @param strategy the parts of the key
   * @param userSpecific adds the user to any strategy
   * @param query what of the query counts
   * @param parts for {@link KeyStrategy#CUSTOM}: {@code path}, {@code query}, {@code user}, {@code
   *     header:NAME}, {@code cookie:NAME}, {@code param:NAME}
   * @param body adds a digest of the request's body
   * @param varyHeaders the headers of {@code vary_on}
   * @param varyCookies the cookies of {@code vary_on}
   * @param identity where the user's identity comes from, in order
   * @param ignoredCookies which request cookies have no bearing on the answer
   */
  public record KeyShape(
      KeyStrategy strategy,
      boolean userSpecific,
      QueryShape query,
      List<String> parts,
      boolean body,
      List<String> varyHeaders,
      List<String> varyCookies,
      List<IdentitySource> identity,
      IgnoredCookies ignoredCookies) {
    public KeyShape {
      parts = List.copyOf(parts);
      varyHeaders = List.copyOf(varyHeaders);
      varyCookies = List.copyOf(varyCookies);
      identity = List.copyOf(identity);
    }

    /** Tells whether an entry belongs to one user. */
    public boolean perUser() {
      return userSpecific || strategy == KeyStrategy.PATH_PARAMS_USER || parts.contains("user");
    }
  }

  /**
   * What of the query counts for the key.
   *
   * @param mode all of it as sent, sorted by name, only the names listed, or all but those
   * @param names the names for {@link QueryMode#ALLOW} and {@link QueryMode#DROP}
   */
  public record QueryShape(QueryMode mode, Set<String> names) {
    public QueryShape {
      names = Set.copyOf(names);
    }
  }

  /** How a query is read for the key. */
  public enum QueryMode {
    ALL,
    SORTED,
    ALLOW,
    DROP
  }

  /**
   * Where a user's identity comes from.
   *
   * @param kind header, cookie, query parameter, client certificate or verified token claim
   * @param name the header's, cookie's, parameter's or claim's name; empty for the certificate
   */
  public record IdentitySource(Kind kind, String name) {
    /** The kinds of source. */
    public enum Kind {
      HEADER,
      COOKIE,
      PARAM,
      CERTIFICATE,
      CLAIM
    }
  }

  /**
   * Which request cookies have no bearing on the answer.
   *
   * @param all every one
   * @param names those listed, {@code *} standing for any characters
   */
  public record IgnoredCookies(boolean all, List<String> names) {
    public IgnoredCookies {
      names = List.copyOf(names);
    }
  }

  /**
   * How long answers live.
   *
   * @param ttl where the origin gives no explicit freshness, or null to follow the origin alone
   * @param overrideOrigin the ttl applies always
   * @param staleWhileRevalidate used where the origin says nothing; null: no window
   * @param staleIfError used where the origin says nothing; null: no window
   * @param refreshAhead the share of the lifetime (0 to 1) after which a hot key is refreshed, or
   *     null
   * @param jitter the share of the ttl (0 to 0.5) by which lifetimes are shortened at random
   * @param negativeTtl the ttl of 4xx and 5xx answers, or null: like any other
   */
  public record Life(
      @Nullable Duration ttl,
      boolean overrideOrigin,
      @Nullable Duration staleWhileRevalidate,
      @Nullable Duration staleIfError,
      @Nullable Double refreshAhead,
      double jitter,
      @Nullable Duration negativeTtl) {}

  /**
   * Which answers are kept, and where.
   *
   * @param store false for a rule that only passes requests through: its strategy is none
   * @param strategy the tiers
   * @param writePolicy when lower tiers are written
   * @param statusCodes the statuses that are kept; empty: those that RFC 9111 lets a cache keep
   * @param minSize bodies below are not kept
   * @param maxSize bodies above are not kept, 8 MB where the rule says nothing
   * @param contentTypes media types that are kept ({@code text/*}); empty: all
   * @param setCookie what becomes of answers with Set-Cookie
   * @param sharedDespiteAuthorization lets answers to requests with Authorization be shared
   * @param compress whether coded forms are made for clients that accept them
   * @param closeDelimited whether a body that only the close of the connection ends is kept
   * @param maxVariants how many variants of one key are kept; the oldest goes
   * @param quotaBytes how many bytes this rule may hold in a tier, or null
   * @param tags the tags of every answer
   * @param tagsFrom where further tags are read from
   */
  public record Keep(
      boolean store,
      Strategy strategy,
      WritePolicy writePolicy,
      Set<Integer> statusCodes,
      long minSize,
      long maxSize,
      List<String> contentTypes,
      SetCookie setCookie,
      boolean sharedDespiteAuthorization,
      boolean compress,
      boolean closeDelimited,
      int maxVariants,
      @Nullable Long quotaBytes,
      Set<String> tags,
      List<TagSource> tagsFrom) {
    public Keep {
      statusCodes = Set.copyOf(statusCodes);
      contentTypes = List.copyOf(contentTypes);
      tags = Set.copyOf(tags);
      tagsFrom = List.copyOf(tagsFrom);
    }
  }

  /**
   * Where tags are read from.
   *
   * @param header the response field whose comma or space separated values are tags, or null
   * @param jsonPath the path of a JSON body ({@code $.items[*].id}) whose values are tags, or null
   */
  public record TagSource(@Nullable String header, @Nullable String jsonPath) {}

  /**
   * What keeps a rule's answers warm.
   *
   * @param cron a Quartz cron expression, or null
   * @param urls the paths to ask for
   * @param priority {@code low}, {@code normal}, {@code high} or {@code critical}
   * @param after the ids of the rules that are warmed before
   */
  public record Warmup(
      @Nullable String cron, List<String> urls, String priority, List<String> after) {
    public Warmup {
      urls = List.copyOf(urls);
      after = List.copyOf(after);
    }
  }

  /**
   * Tells whether requests of this method only read and say in their body what: the rule names the
   * method and has the body in the key, for two bodies have two answers.
   */
  public boolean readsByBody(String method) {
    return key.body() && READ_BY_BODY.contains(method) && when.methods().contains(method);
  }

  /** Tells whether the rule's ttl beats the origin's freshness. */
  public boolean beatsOrigin() {
    return life.overrideOrigin() || keep.strategy() == Strategy.AGGRESSIVE;
  }

  /** Tells whether its answers are not for everybody alike, or are not to be kept at all. */
  public boolean keepsApart() {
    return !keep.store()
        || key.perUser()
        || !key.varyHeaders().isEmpty()
        || !key.varyCookies().isEmpty();
  }
}
