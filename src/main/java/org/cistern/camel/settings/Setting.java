package org.cistern.camel.settings;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.cistern.camel.settings.Amount.KB;
import static org.cistern.camel.settings.Amount.MB;
import static org.cistern.camel.settings.Amount.PB;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every setting: its key in {@code application.properties}, its kind, its default, and the sentence
 * that README prints. The environment variable of a key has its dots and hyphens as underscores.
 */
public enum Setting {
  HOST("cistern.host", Kind.OWN_ADDRESS, "0.0.0.0", "Address the gateway listens on"),
  PORT("cistern.port", Kind.PORT, "8001", "Port the gateway listens on; 0 picks a free one"),
  MANAGEMENT_HOST(
      "cistern.management.host", Kind.OWN_ADDRESS, "0.0.0.0", "Address of metrics and health"),
  MANAGEMENT_PORT("cistern.management.port", Kind.PORT, "9876", "Port of metrics and health"),
  MAX_CONNECTIONS(
      "cistern.max-connections",
      Kind.count(1, 10_000_000),
      "10000",
      "Client connections; more are closed"),
  IDLE_TIMEOUT(
      "cistern.idle-timeout",
      Kind.time(ofMillis(100), ofDays(7)),
      "75s",
      "A client connection idle for longer is closed: without a call, or in a call whose body the"
          + " client neither sends nor takes; on the management port too"),
  MAX_HEADER_BYTES(
      "cistern.max-header-bytes",
      Kind.bytes(KB, 16 * MB),
      "32KB",
      "Longest request head; longer is 431"),
  MAX_URL_BYTES(
      "cistern.max-url-bytes",
      Kind.bytes(256, 16 * MB),
      "8KB",
      "Longest request line; longer is 414"),
  BODY_LIMIT(
      "cistern.body-limit",
      Kind.bytes(KB, 1024 * MB),
      "8MB",
      "Longest body that a user's step or own route gets to read; a longer request is 413, a longer"
          + " reply passes unread"),
  MAX_KEY_BODY(
      "cistern.max-key-body",
      Kind.bytes(KB, 16 * MB),
      "64KB",
      "Longest request body that is part of a key; requests with longer ones are not cached"),
  HTTP2_MAX_STREAMS(
      "cistern.http2.max-streams",
      Kind.count(1, 1_000_000),
      "128",
      "Concurrent HTTP/2 streams per connection"),
  TLS_CERT(
      "cistern.tls.cert",
      Kind.CERTIFICATES,
      "",
      "PEM certificate chain; with it the port speaks TLS"),
  TLS_KEY("cistern.tls.key", Kind.KEY, "", "PEM private key of the certificate"),
  TLS_CLIENT_CA(
      "cistern.tls.client-ca",
      Kind.CERTIFICATES,
      "",
      "PEM file of the authorities of client certificates; with it clients are asked for one"),
  PROXY_PROTOCOL(
      "cistern.proxy-protocol",
      Kind.FLAG,
      "false",
      "Expect the PROXY protocol on every connection"),
  TRUSTED_PROXIES(
      "cistern.trusted-proxies",
      Kind.ADDRESSES,
      "",
      "Addresses or CIDR blocks whose forwarding fields are believed, separated by commas: their"
          + " Forwarded where cistern.forwarded is forwarded, else their X-Forwarded-For, -Host and"
          + " -Proto"),
  FORWARDED(
      "cistern.forwarded",
      Kind.choice("x-forwarded", "forwarded", "both", "off"),
      "x-forwarded",
      "Which forwarding fields the upstream gets; forwarded also means that trusted proxies say who"
          + " asks in Forwarded, any other word that they do in X-Forwarded-*"),
  HOST_ALIASES(
      "cistern.host-aliases",
      Kind.TEXT,
      "",
      "Hosts that share their answers, separated by commas; others share none"),
  VIA("cistern.via", Kind.FLAG, "true", "Add a Via field to requests and responses"),
  CACHE_STATUS(
      "cistern.cache-status",
      Kind.choice("full", "short", "off"),
      "full",
      "How much Cache-Status tells the client"),
  ACCESS_LOG(
      "cistern.access-log",
      Kind.LOG,
      "off",
      "Where the JSON access log goes; folders are made where they are not there"),
  REQUEST_ID(
      "cistern.request-id",
      Kind.choice("trusted", "any", "off"),
      "trusted",
      "Whose X-Request-Id is taken over: a trusted proxy's, anybody's, or none at all; where none"
          + " is, requests to the upstream get a new one"),
  TRACEPARENT(
      "cistern.traceparent",
      Kind.choice("continue", "always", "pass"),
      "continue",
      "Traces that come with a request go on as a child; always begins one where there is none;"
          + " pass leaves the field alone"),
  RULES_FILE("cistern.rules-file", Kind.PLACE, "routes/cache-rules.yaml", "The rule file"),
  DRAIN_TIMEOUT(
      "cistern.drain-timeout",
      Kind.time(Duration.ZERO, ofDays(1)),
      "30s",
      "Longest wait for open requests at shutdown"),
  DRAIN_DELAY(
      "cistern.drain-delay",
      Kind.time(Duration.ZERO, ofDays(1)),
      "0s",
      "Time between readiness going down and the port closing at shutdown, for load balancers to"
          + " notice"),
  UPSTREAM_URL(
      "cistern.upstream.url",
      Kind.UPSTREAMS,
      "",
      "The API behind the gateway, of one instance or several; unset: the demonstration API"),
  DEMONSTRATION_DELAY(
      "cistern.demonstration-delay",
      Kind.time(Duration.ZERO, ofDays(1)),
      "250ms",
      "How long the demonstration API takes to answer"),
  UPSTREAM_FALLBACK_URL(
      "cistern.upstream.fallback-url",
      Kind.UPSTREAMS,
      "",
      "A second upstream, asked when the first fails"),
  UPSTREAM_HOST(
      "cistern.upstream.host",
      Kind.choice("upstream", "client"),
      "upstream",
      "Whose Host field the upstream gets: its own, or the client's"),
  UPSTREAM_HTTP2("cistern.upstream.http2", Kind.FLAG, "false", "Speak HTTP/2 to TLS upstreams"),
  UPSTREAM_CONNECT_TIMEOUT(
      "cistern.upstream.connect-timeout",
      Kind.time(ofMillis(1), ofDays(1)),
      "2s",
      "Longest wait for a connection"),
  UPSTREAM_TIMEOUT(
      "cistern.upstream.timeout",
      Kind.time(ofMillis(1), ofDays(1)),
      "30s",
      "Longest wait for the response head"),
  UPSTREAM_IDLE_TIMEOUT(
      "cistern.upstream.idle-timeout",
      Kind.time(ofMillis(1), ofDays(1)),
      "60s",
      "Longest silence inside a body"),
  UPSTREAM_MAX_CONNECTIONS(
      "cistern.upstream.max-connections",
      Kind.count(1, 1_000_000),
      "256",
      "Connections to an upstream; at least one per event loop"),
  UPSTREAM_MAX_WAITING(
      "cistern.upstream.max-waiting",
      Kind.count(0, 1_000_000),
      "1024",
      "Requests that may wait for a connection; more get 503"),
  UPSTREAM_HEALTH_PATH(
      "cistern.upstream.health-path",
      Kind.URL_PATH,
      "",
      "Path for active health checks; unset: none"),
  UPSTREAM_HEALTH_INTERVAL(
      "cistern.upstream.health-interval",
      Kind.time(ofMillis(100), ofDays(1)),
      "5s",
      "Time between health checks"),
  UPSTREAM_TLS_CA(
      "cistern.upstream.tls.ca", Kind.CERTIFICATES, "", "PEM file of the upstream's own authority"),
  UPSTREAM_TLS_CERT("cistern.upstream.tls.cert", Kind.CERTIFICATES, "", "PEM client certificate"),
  UPSTREAM_TLS_KEY("cistern.upstream.tls.key", Kind.KEY, "", "PEM key of the client certificate"),
  IDENTITY_SECRET(
      "cistern.identity.secret",
      Kind.SECRET,
      "",
      "Key of the user hashes, the same on all nodes; unset: random, kept with the disk tier"),
  JWT_JWKS_URL(
      "cistern.jwt.jwks-url",
      Kind.URL,
      "",
      "Where the issuer of bearer tokens has its public keys; unset: no claim is believed"),
  JWT_JWKS_FILE(
      "cistern.jwt.jwks-file", Kind.FILE, "", "The same keys in a file, in place of the URL"),
  JWT_ISSUER("cistern.jwt.issuer", Kind.TEXT, "", "What a token must have as iss"),
  JWT_AUDIENCE("cistern.jwt.audience", Kind.TEXT, "", "What a token must have in aud"),
  ADMIN_TOKEN("cistern.admin.token", Kind.SECRET, "", "Token of the admin API"),
  L1_MAX_SIZE(
      "cache.l1.max-size",
      Kind.count(1, Integer.MAX_VALUE),
      "",
      "Entries in memory; unset: bounded by bytes"),
  L1_MAX_BYTES(
      "cache.l1.max-bytes",
      Kind.bytes(KB, PB),
      "",
      "Bytes in memory; unset: the smaller of 100 MB and 40% of the heap"),
  L1_TTL(
      "cache.l1.ttl",
      Kind.time(ofMillis(1), ofDays(3650)),
      "300",
      "Longest life of a copy in memory; a rule that keeps only there goes by its own `cache_ttl`"),
  L1_POLICY(
      "cache.l1.policy",
      Kind.choice("tinylfu", "lru", "lfu", "ttl"),
      "tinylfu",
      "Which entries leave memory first"),
  L2_TTL(
      "cache.l2.ttl",
      Kind.time(ofMillis(1), ofDays(3650)),
      "3600",
      "Longest life of a copy in Redis"),
  REDIS_HOST("redis.host", Kind.TEXT, "", "Redis; unset: no second tier"),
  REDIS_PORT("redis.port", Kind.REMOTE_PORT, "6379", "Port of Redis"),
  REDIS_DB("redis.db", Kind.count(0, 65535), "0", "Database number in Redis"),
  REDIS_PASSWORD("redis.password", Kind.SECRET, "", "Password of Redis"),
  REDIS_MAX_CONNECTIONS(
      "cache.max-connections", Kind.count(1, 10_000), "20", "Connections to Redis"),
  L3_ENABLED("cache.l3.enabled", Kind.FLAG, "true", "Keep answers on disk"),
  L3_STORAGE_PATH("cache.l3.storage-path", Kind.PLACE, "data/cache", "Folder of the disk tier"),
  L3_TTL(
      "cache.l3.ttl",
      Kind.time(ofMillis(1), ofDays(3650)),
      "86400",
      "Longest life of a copy on disk; a rule with a `cache_ttl` goes by that"),
  L3_MAX_BYTES("cache.l3.max-bytes", Kind.bytes(MB, PB), "1GB", "Bytes on disk"),
  COMPRESSION_ENABLED(
      "cache.compression.enabled", Kind.FLAG, "true", "Compress for clients and in lower tiers"),
  SERIALIZATION_METHOD(
      "cache.serialization.method",
      Kind.choice("json", "binary"),
      "json",
      "Form of value-store values"),
  KEY_PREFIX("cache.key-prefix", Kind.TEXT, "cistern:", "Prefix of our keys in Redis");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Its functions keep nothing.
  private final Kind kind;

  private final String fallback;
  private final String sentence;

  Setting(String key, Kind kind, String fallback, String sentence) {
    this.key = key;
    this.kind = kind;
    this.fallback = fallback;
    this.sentence = sentence;
  }

  /** Returns the key in {@code application.properties}. */
  public String key() {
    return key;
  }

  /** Returns the environment variable that overrides the file. */
  public String variable() {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Returns what values are allowed. */
  public Kind kind() {
    return kind;
  }

  /** Returns the default as it would stand in the file; empty where there is none. */
  public String fallback() {
    return fallback;
  }

  /** Returns what it sets, for README and messages. */
  public String sentence() {
    return sentence;
  }

  /** Returns the sentence with which a value is refused. */
  public String refusal(String value) {
    return key + " is " + shown(value) + "; allowed is " + kind.allowed();
  }

  /** Returns the sentence with which a value is refused that Camel would have to fill in. */
  String refusalOfPlaceholder(String value) {
    return "%s is %s with {{...}} in it, which Camel would fill in; allowed is %s without, as it may"
            .formatted(key, shown(value), kind.secret() ? "a secret" : "a value")
        + " also stand in the environment variable %1$s or in a file that %1$s_FILE names"
            .formatted(variable());
  }

  private String shown(String value) {
    return kind.secret() ? "a secret" : "'" + value.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** Returns the setting with this key, if there is one. */
  public static Optional<Setting> of(@Nullable String key) {
    return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }
}
