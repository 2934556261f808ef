package org.cistern.camel.fetch.store;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.fetch.ask.Snapshots;
import org.cistern.camel.fetch.ask.Unkeyed;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Part;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Storing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Digests;
import org.cistern.http.Headers;
import org.cistern.http.range.ByteRange;
import org.cistern.http.range.ContentRange;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.cistern.tier.memory.Kept;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * The parts of contents that are kept beside the whole ones, in memory alone: of what is too large
 * to be kept whole, or what an upstream gives in parts only.
 *
 * @param services what the steps work with
 */
public record Parts(Services services) {

  /**
   * Returns the key under which the part of an answer is kept. Parts are of one query alone: what
   * they say of others is heeded once they are a whole.
   */
  static Key key(Key whole) {
    return new Key(whole.text() + "|part");
  }

  /** Answers a request for a range that a part has; tells whether it did. */
  public boolean answer(ClientCall call, Asked asked) {
    Key key = call.passage().ownKey();
    Rule rule = asked.rule();
    if (key == null || rule == null || !mayHave(call)) {
      return false;
    }
    Instant now = services.clock().instant();
    Part part = find(asked, key, now);
    ByteRange range = part == null ? null : part.asked(call, now);
    return part != null && range != null && serve(call, asked, rule, part, range, now);
  }

  /** Memory is asked for a part only where it was asked for the whole, and had none. */
  static boolean mayHave(ClientCall call) {
    Passage passage = call.passage();
    return passage.askedMemory() && passage.stored() == null && call.fields().has("range");
  }

  /** Returns the part that is kept for such requests, or null. */
  @Nullable Part find(Asked asked, Key key, Instant now) {
    Kept kept = services.memory().peek(key(key), asked.request().fields());
    return kept == null || !kept.isAliveAt(now) ? null : Part.of(kept.answer());
  }

  private boolean serve(
      ClientCall call, Asked asked, Rule rule, Part part, ByteRange range, Instant now) {
    Prepared prepared = Prepared.of(part.answer(), rule, services.heads());
    Standing standing = Shelf.standing(services.purges(), asked, part.answer());
    Verdict verdict = Freshness.judge(asked, prepared.facts(), standing, now);
    if (!verdict.serves() || verdict.refreshes()) {
      return false;
    }
    call.passage().found(Level.L1, prepared, verdict);
    call.reply(reply(part, range, prepared));
    return true;
  }

  private static Reply reply(Part part, ByteRange range, Prepared prepared) {
    Headers head =
        Digests.withoutContents(prepared.lines().headers().toBuilder())
            .set("Content-Range", ContentRange.of(range, part.total()).format())
            .build();
    int from = (int) (range.first() - part.first());
    Buffer bytes = prepared.body().slice(from, from + (int) range.length());
    return Reply.whole(206, Lines.of(head), bytes);
  }

  /** Returns a response that is kept while it passes, where it is a part that may be kept. */
  public Incoming kept(Incoming incoming, Asked asked, Key key, Position position) {
    boolean part = incoming.head().status() == 206;
    Storing.Keep keep =
        part && isPlain(asked) && !incoming.head().headers().has("content-encoding")
            ? Part.decide(asked, new Reception(services, asked).received(incoming))
            : null;
    if (keep == null) {
      return incoming;
    }
    boolean cut = incoming.head().closeDelimited();
    PartPlan plan = new PartPlan(this, Snapshots.of(asked), key, keep, position, cut);
    return new KeptIncoming(incoming, plan, services, () -> {});
  }

  /** Forgets the part of what is kept whole under a key. */
  void forget(Key whole) {
    Key part = key(whole);
    if (services.memory().holds(part)) {
      services.memory().remove(part);
    }
  }

  /** Parts are in memory alone, and what is in no key must not shape them. */
  static boolean isPlain(Asked asked) {
    Rule rule = asked.rule();
    return rule != null
        && rule.keep().strategy().memory()
        && !Unkeyed.hasAny(asked.request().fields());
  }
}
