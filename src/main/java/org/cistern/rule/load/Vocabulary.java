package org.cistern.rule.load;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every field that a rule can have: its name, what may be written there, what holds where it is
 * left out, and what it does. The parse knows no other, and README's table is made from it.
 */
public enum Vocabulary {
  PATH_PATTERN(
      "path_pattern",
      "pattern",
      null,
      "Which paths the rule speaks of: `*` within a segment, `**` across segments. Required."),
  METHODS(
      "methods",
      "list of methods",
      "[GET, HEAD]",
      "Which methods; GET stands for HEAD as well. Answers to POST and QUERY are kept only with"
          + " `body: true`, which takes them for reads; to PUT, PATCH and DELETE never."),
  HOSTS(
      "hosts",
      "list of hosts",
      "[]",
      "Which hosts, `*` standing for any characters; without a port for every port. None: all."),
  HEADERS(
      "headers",
      "names with values",
      null,
      "Request headers that must be there with such a value, `*` standing for any characters."),
  ID(
      "id",
      "name",
      null,
      "The rule's name in reasons, metrics and logs. Made from the pattern where it is left"
          + " out."),
  PRIORITY(
      "priority",
      "whole number",
      "0",
      "Rules made over the API go before those of the file, the higher priority first. Without"
          + " effect in a file, where the order decides."),
  CACHE_TTL(
      "cache_ttl",
      "time",
      null,
      "How long an answer is fresh where the origin does not say. Left out: only as the origin"
          + " says."),
  OVERRIDE_ORIGIN(
      "override_origin",
      "switch",
      "false",
      "`cache_ttl` holds whatever freshness the origin gives; never beats `private` or"
          + " `no-store`."),
  STALE_WHILE_REVALIDATE(
      "stale_while_revalidate",
      "time",
      null,
      "How long past its freshness an answer is served while it is refreshed, where the origin"
          + " does not say."),
  STALE_IF_ERROR(
      "stale_if_error",
      "time",
      null,
      "How long past its freshness an answer is served where the origin fails, and does not say;"
          + " 0: never."),
  NEGATIVE_TTL(
      "negative_ttl", "time", null, "The `cache_ttl` of answers with a status of 400 or above."),
  REFRESH_AHEAD(
      "refresh_ahead",
      "share",
      null,
      "The share of the lifetime after which an answer in demand is refreshed, as in `80%`."),
  JITTER(
      "jitter",
      "share",
      "0",
      "The share, at most `50%`, by which lifetimes are shortened at random, so that they do not"
          + " end together."),
  STRATEGY(
      "strategy",
      "one of memory, redis, multi_level, aggressive, none",
      "multi_level",
      "Where answers are kept: `memory` L1, `redis` L2, `multi_level` all tiers, `aggressive` all"
          + " tiers with the rule's TTL above the origin's freshness and the client's `no-cache`,"
          + " `none` nowhere: the request passes through."),
  WRITE_POLICY(
      "write_policy",
      "one of through, behind, back",
      "behind",
      "When lower tiers are written: before the answer ends, queued at once, or when L1 lets go."),
  STATUS_CODES(
      "status_codes",
      "list of status codes",
      null,
      "Which statuses are kept. Left out: those that RFC 9111 lets a cache keep."),
  CONTENT_TYPES(
      "content_types",
      "list of media types",
      "[]",
      "Which media types are kept, as in `text/*`. None: all."),
  MIN_SIZE("min_size", "size", "0", "Smaller bodies are not kept."),
  MAX_SIZE("max_size", "size", "8MB", "Larger bodies are not kept."),
  QUOTA_BYTES("quota_bytes", "size", null, "How much the rule may hold in a tier."),
  MAX_VARIANTS(
      "max_variants",
      "whole number",
      "32",
      "How many variants of one key are kept; the oldest goes."),
  COMPRESS(
      "compress", "switch", "true", "Whether coded forms are made for clients that take them."),
  CLOSE_DELIMITED(
      "close_delimited",
      "one of store, skip",
      "store",
      "Whether a body that only the closing of the connection ends is kept."),
  SET_COOKIE(
      "set_cookie",
      "one of skip, strip, store",
      "skip",
      "What becomes of an answer with `Set-Cookie`: not kept, kept without it, kept with it."),
  SHARED_DESPITE_AUTHORIZATION(
      "shared_despite_authorization",
      "switch",
      "false",
      "Lets all users share answers to requests with `Authorization`. Only for answers that are"
          + " the same for everybody."),
  KEY_STRATEGY(
      "key_strategy",
      "one of path, path_params, path_headers, path_params_headers, path_params_user, custom",
      "path_params",
      "What the key is made of, beside scheme, host and method; `params` is the query, `headers`"
          + " those of `vary_on`."),
  QUERY(
      "query",
      "all, sorted, or {allow: [names]}, or {drop: [names]}",
      "all",
      "What of the query counts for the key: as sent, sorted by name, only these names, all but"
          + " these."),
  QUERY_ALLOW(
      QUERY,
      "allow",
      "list of names",
      null,
      "Only these parameters count, and what an origin may read as one of them."),
  QUERY_DROP(
      QUERY,
      "drop",
      "list of names",
      null,
      "These parameters do not count; in other spellings they do."),
  KEY_PARTS(
      "key_parts",
      "list of path, query, user, header:NAME, cookie:NAME, param:NAME",
      "[]",
      "What the key is made of with `key_strategy: custom`."),
  BODY(
      "body",
      "switch",
      "false",
      "Adds a digest of the request's body, and of what it says of its type, to the key, with"
          + " `key_strategy: custom`."),
  VARY_ON(
      "vary_on", "headers, cookies", null, "What else the key is made of, with any key_strategy."),
  VARY_ON_HEADERS(VARY_ON, "headers", "list of names", "[]", "Request headers of the key."),
  VARY_ON_COOKIES(VARY_ON, "cookies", "list of names", "[]", "Cookies of the key."),
  USER_SPECIFIC("user_specific", "switch", "false", "Keeps an entry per user."),
  IDENTITY(
      "identity",
      "list of header:NAME, cookie:NAME, param:NAME, claim:NAME, certificate",
      "[header:Authorization, header:X-API-Key]",
      "What says whose request it is. A claim counts from a verified token, a header other than"
          + " the two from a trusted proxy."),
  COOKIES("cookies", "ignore", null, "What cookies of the request mean."),
  COOKIES_IGNORE(
      COOKIES,
      "ignore",
      "all, or list of names",
      "[]",
      "Cookies that have no bearing on the answer, `*` standing for any characters. Others count"
          + " as an unknown user, unless the key or the identity uses them."),
  TAGS("tags", "list of tags", "[]", "Tags of every answer, to purge by."),
  TAGS_FROM("tags_from", "header, json_path, or a list of such", null, "Where tags are read from."),
  TAGS_FROM_HEADER(
      TAGS_FROM, "header", "name", null, "A response header with tags between commas or spaces."),
  TAGS_FROM_JSON_PATH(
      TAGS_FROM, "json_path", "path", null, "A path in a JSON body, as in `$.items[*].id`."),
  TIMEOUT(
      "timeout",
      "time",
      null,
      "How long the origin may take until its answer begins. Left out: the global setting."),
  UPSTREAM(
      "upstream",
      "name of an upstream",
      "primary",
      "Which upstream is asked: one of those that the settings name. Two upstreams share no"
          + " answers."),
  WARMUP("warmup", "cron, urls, priority, after", null, "What keeps the rule's answers warm."),
  WARMUP_CRON(WARMUP, "cron", "Quartz cron expression", null, "When they are asked for."),
  WARMUP_URLS(WARMUP, "urls", "list of paths", "[]", "What is asked for."),
  WARMUP_PRIORITY(
      WARMUP, "priority", "one of low, normal, high, critical", "normal", "What goes first."),
  WARMUP_AFTER(WARMUP, "after", "list of rule ids", "[]", "Rules that are warmed before.");

  private static final List<Vocabulary> ALL = List.of(values());

  private final @Nullable Vocabulary group;
  private final String label;
  private final String type;
  private final @Nullable String standard;
  private final String sentence;

  Vocabulary(String label, String type, @Nullable String standard, String sentence) {
    this(null, label, type, standard, sentence);
  }

  Vocabulary(
      @Nullable Vocabulary group,
      String label,
      String type,
      @Nullable String standard,
      String sentence) {
    this.group = group;
    this.label = label;
    this.type = type;
    this.standard = standard;
    this.sentence = sentence;
  }

  /** Returns the name within its group, as it is written. */
  public String label() {
    return label;
  }

  /** Returns the name with that of its group before it, as in {@code warmup.cron}. */
  public String fullName() {
    return group == null ? label : group.label + '.' + label;
  }

  /** Returns in a few words what may be written. */
  public String type() {
    return type;
  }

  /** Returns what holds where the field is left out, as it would be written, or null. */
  public @Nullable String standard() {
    return standard;
  }

  /** Returns what the field does. */
  public String sentence() {
    return sentence;
  }

  /** Returns the words of a field that takes one of a few. */
  List<String> words() {
    return List.of(type.replace("one of ", "").split(", "));
  }

  /** Returns the fields of a group; those of the rule itself for null. */
  static List<Vocabulary> in(@Nullable Vocabulary group) {
    return Arrays.stream(values()).filter(field -> field.group == group).toList();
  }

  /** Tells whether a group, or the rule itself for null, has a field of this name. */
  static boolean knows(@Nullable Vocabulary group, String label) {
    for (Vocabulary field : ALL) {
      if (field.group == group && field.label.equals(label)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the vocabulary as a Markdown table. */
  public static String table() {
    return Arrays.stream(values())
        .map(Vocabulary::row)
        .collect(
            Collectors.joining("", "| field | what | default | does |\n|---|---|---|---|\n", ""));
  }

  private String row() {
    String what = type.replace("|", "\\|");
    String standing = Optional.ofNullable(standard).map(each -> "`" + each + "`").orElse("");
    return "| `" + fullName() + "` | " + what + " | " + standing + " | " + sentence + " |\n";
  }
}
