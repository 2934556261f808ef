package org.cistern.upstream.options;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one upstream.
 *
 * @param timeouts how long things may take
 * @param limits how much there may be of things
 * @param ejection when an instance is left alone for a while
 * @param check the active health check, or null where there is none
 * @param breaker when the whole upstream is left alone for a while
 * @param tls how its https instances are trusted
 * @param http2 whether HTTP/2 is offered in the TLS handshake; every instance must be https then
 * @param resolve how often names of instances are resolved anew
 */
public record UpstreamOptions(
    Timeouts timeouts,
    Limits limits,
    Ejection ejection,
    @Nullable ActiveCheck check,
    Breaker breaker,
    TlsOptions tls,
    boolean http2,
    Duration resolve) {

  /** Returns the settings that hold where nothing is configured. */
  public static UpstreamOptions defaults() {
    return new UpstreamOptions(
        Timeouts.defaults(),
        Limits.defaults(),
        Ejection.defaults(),
        null,
        Breaker.defaults(),
        TlsOptions.defaults(),
        false,
        Duration.ofSeconds(30));
  }

  /** Returns these settings with other time-outs. */
  public UpstreamOptions with(Timeouts changed) {
    return new UpstreamOptions(changed, limits, ejection, check, breaker, tls, http2, resolve);
  }

  /** Returns these settings with other limits. */
  public UpstreamOptions with(Limits changed) {
    return new UpstreamOptions(timeouts, changed, ejection, check, breaker, tls, http2, resolve);
  }

  /** Returns these settings with another rule of ejection. */
  public UpstreamOptions with(Ejection changed) {
    return new UpstreamOptions(timeouts, limits, changed, check, breaker, tls, http2, resolve);
  }

  /** Returns these settings with an active check. */
  public UpstreamOptions with(ActiveCheck changed) {
    return new UpstreamOptions(timeouts, limits, ejection, changed, breaker, tls, http2, resolve);
  }

  /** Returns these settings with another circuit breaker. */
  public UpstreamOptions with(Breaker changed) {
    return new UpstreamOptions(timeouts, limits, ejection, check, changed, tls, http2, resolve);
  }

  /** Returns these settings with other trust. */
  public UpstreamOptions with(TlsOptions changed) {
    return new UpstreamOptions(timeouts, limits, ejection, check, breaker, changed, http2, resolve);
  }

  /** Returns these settings with HTTP/2 offered, or not. */
  public UpstreamOptions withHttp2(boolean offered) {
    return new UpstreamOptions(timeouts, limits, ejection, check, breaker, tls, offered, resolve);
  }

  /**
   * How long things may take.
   *
   * @param connect until a connection stands, and as long again for its TLS handshake
   * @param head from the request (where it has a body, from its end) until the response's head,
   *     waiting and connecting included
   * @param idle without a byte in a direction in which one is wanted
   * @param keepAlive how long an unused connection is kept
   * @param upgraded without a byte in either direction of an upgraded connection
   * @param expect how long a body waits for a 100 before it is sent without one
   */
  public record Timeouts(
      Duration connect,
      Duration head,
      Duration idle,
      Duration keepAlive,
      Duration upgraded,
      Duration expect) {

    /** Returns 2 s, 30 s, 60 s, 30 s, 10 min and 1 s. */
    public static Timeouts defaults() {
      return new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1));
    }

    /** Returns these with other limits for connecting, the head, and silence afterwards. */
    public Timeouts with(Duration newConnect, Duration newHead, Duration newIdle) {
      return new Timeouts(newConnect, newHead, newIdle, keepAlive, upgraded, expect);
    }
  }

  /**
   * How much there may be of things. What is per upstream is shared out among the event loops;
   * connections at least one to each.
   *
   * @param connections requests in progress per upstream
   * @param waiting requests per upstream that wait for one of these to end
   * @param upgraded upgraded connections per upstream
   * @param attempts how often one request may be tried, at least 1
   * @param headBytes the size of a response's head
   */
  public record Limits(int connections, int waiting, int upgraded, int attempts, int headBytes) {

    /** Returns 256, 1024, 4096, 3 and 64 KiB. */
    public static Limits defaults() {
      return new Limits(256, 1024, 4096, 3, 64 * 1024);
    }
  }

  /**
   * When an instance among several is left alone for a while.
   *
   * @param failures how many failures in a row, at least 1
   * @param statuses the response statuses that count as failures
   * @param first how long the first time
   * @param most how long at most; each failed probe doubles
   */
  public record Ejection(int failures, Set<Integer> statuses, Duration first, Duration most) {

    /** Copies the statuses. */
    public Ejection {
      statuses = Set.copyOf(statuses);
    }

    /** Returns 5 failures, 502, 503 and 504, 5 s to 60 s. */
    public static Ejection defaults() {
      return new Ejection(5, Set.of(502, 503, 504), Duration.ofSeconds(5), Duration.ofSeconds(60));
    }
  }

  /**
   * A request sent now and then to learn whether an instance is well.
   *
   * @param path the target, after the instance's base path
   * @param interval the time between two checks of an instance, also the most that one may take
   * @param lowest the lowest status that counts as well
   * @param highest the highest status that counts as well
   * @param upAfter how many good checks in a row bring an instance back, at least 1
   * @param downAfter how many bad checks in a row take it out, at least 1
   */
  public record ActiveCheck(
      String path, Duration interval, int lowest, int highest, int upAfter, int downAfter) {

    /** Returns a check of this path every 5 s: 200 to 399 is well, 2 up, 3 down. */
    public static ActiveCheck of(String path) {
      return new ActiveCheck(path, Duration.ofSeconds(5), 200, 399, 2, 3);
    }
  }

  /**
   * When the whole upstream is left alone for a while.
   *
   * @param window the time over which requests are counted
   * @param calls how many requests of the window there must be, at least 1
   * @param ratio the share of failures that opens the breaker, above 0 to 1
   * @param open how long it stays open
   * @param probes how many requests must then succeed to close it, at least 1
   */
  public record Breaker(Duration window, int calls, double ratio, Duration open, int probes) {

    /** Returns half of at least 20 requests within 10 s; open for 5 s; 3 probes. */
    public static Breaker defaults() {
      return new Breaker(Duration.ofSeconds(10), 20, 0.5, Duration.ofSeconds(5), 3);
    }
  }
}
