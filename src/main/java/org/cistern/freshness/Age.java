package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import org.cistern.http.Fields;
import org.cistern.http.HttpDate;
import org.cistern.http.directive.DeltaSeconds;

/**
 * The age of a response, term by term (RFC 9111 section 4.2.3), in milliseconds. {@code Date} and
 * {@code Age} have whole seconds, our own clock does not: what it measured keeps its fractions, so
 * that an answer of two seconds lives for two.
 */
final class Age {

  private Age() {}

  /** When the origin made the response; when it was received, where it does not say. */
  static Instant dateValue(Received response) {
    Instant date = HttpDate.parse(response.headers().first("Date"), response.responseTime());
    return date != null ? date : response.responseTime();
  }

  /**
   * What {@code Age} says: the first member of the first line, and nothing where that is no number
   * (section 5.1).
   */
  static long ageValue(Fields headers) {
    String line = headers.first("Age");
    if (line == null) {
      return 0;
    }
    int comma = line.indexOf(',');
    String first = comma < 0 ? line : line.substring(0, comma);
    return Math.max(0, DeltaSeconds.parse(first.strip())) * 1000;
  }

  /** How much later than its date the response came, by two clocks. */
  static long apparentAge(Received response) {
    long seconds = response.responseTime().getEpochSecond() - dateValue(response).getEpochSecond();
    return Math.max(0, seconds) * 1000;
  }

  /** How long the response was waited for. */
  static long responseDelay(Received response) {
    Duration delay = Duration.between(response.requestTime(), response.responseTime());
    return Math.max(0, delay.toMillis());
  }

  /** The age that the caches before us counted, the way to us included. */
  static long correctedAgeValue(Received response) {
    return ageValue(response.headers()) + responseDelay(response);
  }

  /** The age that the response had when it was received. */
  static long correctedInitialAge(Received response) {
    return Math.max(apparentAge(response), correctedAgeValue(response));
  }
}
