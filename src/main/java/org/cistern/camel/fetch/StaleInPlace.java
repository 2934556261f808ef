package org.cistern.camel.fetch;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.Understudy;
import org.cistern.camel.coding.Forms;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Verdict;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A stale answer in place of a response whose body broke off before the client had any of it. The
 * route is over by then, so it gets its last form here, and what the route had changed in the head.
 *
 * @param call the client's request
 * @param taste what suits it
 * @param stale the answer
 * @param services what the steps work with
 */
record StaleInPlace(ClientCall call, Taste taste, Answer stale, Services services)
    implements Understudy {

  /** What we had put into the head of the other response, and not the route. */
  private static final Set<String> OURS = Set.of("cache-status", "date");

  @Override
  public @Nullable Reply reply() {
    Rule rule = taste.asked().rule();
    Verdict verdict = taste.standIn(stale, 0);
    if (rule == null || verdict == null || !taste.judgeStandIn(stale, verdict).matches()) {
      return null;
    }
    call.passage().standIn(verdict.reason(), 0);
    return formed(services.shelf().prepared(call, rule, stale));
  }

  private Reply formed(Prepared prepared) {
    Reply broken = call.reply();
    Instant now = services.clock().instant();
    call.passage().serve(prepared);
    Reply whole = Reply.whole(stale.status(), prepared.lines(), prepared.body());
    Reply formed = Forms.ofStored(call, whole, prepared, now);
    if (broken != null) {
      edit(formed, broken);
    }
    call.reply(formed);
    services.status().stampStored(call, prepared, now);
    return formed;
  }

  private static void edit(Reply formed, Reply broken) {
    broken.edits().stream()
        .filter(edit -> !OURS.contains(edit.name().toLowerCase(Locale.ROOT)))
        .forEach(edit -> formed.edit(edit.name(), edit.values()));
  }
}
