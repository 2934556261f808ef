package org.cistern.camel.fetch.ask;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.upstream.message.UpstreamFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator how upstreams fail, which clients are not told; each sentence now and then.
 */
public final class FailureLog {

  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final int MOST = 1000;

  private static final Map<String, Instant> SAID = new ConcurrentHashMap<>();

  private FailureLog() {}

  /** Logs the failure, unless the same was logged a moment ago. */
  public static void warn(UpstreamFailure failure, Instant now) {
    String sentence = String.valueOf(failure.getMessage());
    if (isDue(sentence, now)) {
      LOG.warn("{} ({})", sentence, failure.kind().label());
    }
  }

  private static boolean isDue(String sentence, Instant now) {
    if (SAID.size() >= MOST) {
      SAID.clear();
    }
    Instant before = SAID.get(sentence);
    boolean due = before == null || now.isBefore(before) || now.isAfter(before.plus(QUIET));
    if (due) {
      SAID.put(sentence, now);
    }
    return due;
  }
}
