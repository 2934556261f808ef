package org.cistern.rule.load;

import java.time.Duration;
import java.util.List;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Reads how long a rule's answers live, how long they may take, and what keeps them warm. */
final class LifeReader {

  private static final double MOST_JITTER = 0.5;
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private final GroupReader in;

  LifeReader(GroupReader in) {
    this.in = in;
  }

  Rule.Life read() {
    return new Rule.Life(
        in.optional(Vocabulary.CACHE_TTL, Amounts::time),
        in.onOff(Vocabulary.OVERRIDE_ORIGIN),
        in.optional(Vocabulary.STALE_WHILE_REVALIDATE, Amounts::time),
        in.optional(Vocabulary.STALE_IF_ERROR, Amounts::time),
        in.optional(Vocabulary.REFRESH_AHEAD, LifeReader::refreshAhead),
        in.value(Vocabulary.JITTER, value -> Amounts.share(value, MOST_JITTER)),
        in.optional(Vocabulary.NEGATIVE_TTL, Amounts::time));
  }

  private static double refreshAhead(Value value) {
    double share = Amounts.share(value, 1);
    if (share == 0 || share == 1) {
      throw new Unreadable(
          value, "is " + value.shown() + "; a share above 0% and below 100% is needed");
    }
    return share;
  }

  @Nullable Duration timeout() {
    return in.optional(
        Vocabulary.TIMEOUT,
        value -> {
          Duration time = Amounts.time(value);
          if (time.isZero() || time.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new Unreadable(value, "is " + value.shown() + "; a time from 1s to 1h is needed");
          }
          return time;
        });
  }

  Rule.@Nullable Warmup warmup() {
    GroupReader group = in.group(Vocabulary.WARMUP);
    if (group == null) {
      return null;
    }
    if (!group.has(Vocabulary.WARMUP_CRON)
        && !group.has(Vocabulary.WARMUP_URLS)
        && !group.has(Vocabulary.WARMUP_AFTER)) {
      in.error(Vocabulary.WARMUP, "says nothing; it needs 'cron', 'urls' or 'after'");
    }
    List<String> words = Vocabulary.WARMUP_PRIORITY.words();
    return new Rule.Warmup(
        group.optional(Vocabulary.WARMUP_CRON, Crons::expression),
        group.list(Vocabulary.WARMUP_URLS, HttpWords::path),
        group.value(Vocabulary.WARMUP_PRIORITY, value -> Scalars.word(value, words)),
        group.list(Vocabulary.WARMUP_AFTER, HttpWords::id));
  }
}
