package org.cistern.camel.engine.write;

import java.util.List;
import java.util.Locale;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Reply;
import org.cistern.freshness.CacheStatus;
import org.cistern.freshness.Reason;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What {@code Cache-Status} says on the problems that the gateway answers by itself (RFC 9211). */
public enum StatusNote {
  /** With rule and reason. */
  FULL,
  /** Our name only. */
  SHORT,
  /** Nothing. */
  OFF;

  private static final int PROBLEM = 400;

  /**
   * Returns what a setting names.
   *
   * @throws IllegalArgumentException where it names none
   */
  public static StatusNote of(String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }

  /** Returns the value for a request that was refused at the door, or null. */
  public @Nullable String refused() {
    return text(null, Reason.REFUSED);
  }

  /** Puts the line on a problem that has none; an answer of an upstream or a tier is left alone. */
  void on(ClientCall call, Reply reply) {
    if (reply.status() < PROBLEM || reply.live() != null || reply.cacheStatus() != null) {
      return;
    }
    Passage passage = call.passage();
    boolean stored = passage.isServed() && passage.reason() != Reason.FAILED;
    if (!stored && reply.all(CacheStatus.NAME).isEmpty()) {
      Rule rule = passage.rule();
      Reason reason = passage.reason();
      String text =
          text(rule == null ? null : rule.id(), reason == null ? Reason.NOT_FETCHED : reason);
      reply.edit(CacheStatus.NAME, text == null ? List.of() : List.of(text));
    }
  }

  private @Nullable String text(@Nullable String rule, Reason reason) {
    return switch (this) {
      case FULL -> CacheStatus.generated(rule, reason);
      case SHORT -> CacheStatus.US;
      case OFF -> null;
    };
  }
}
