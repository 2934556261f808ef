package org.cistern.camel.fetch;

import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.service.Services;
import org.cistern.flight.Live;
import org.cistern.freshness.Reason;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets of what was fetched.
 *
 * @param call its request
 * @param taste what suits it
 * @param services what the steps work with
 */
record Replies(ClientCall call, Taste taste, Services services) {

  /** Returns one that shares a flight; {@code leave} is run where nobody wants it any more. */
  Reply streamed(Live answer, Runnable leave) {
    Incoming.Head head = answer.head();
    Reply reply =
        Reply.live(
            head.status(),
            lines(head, becomesStored(call.passage())),
            answer.body(),
            head.length(),
            answer::trailers,
            leave);
    return covered(reply, answer.standIn());
  }

  private static boolean becomesStored(Passage passage) {
    return passage.became() == null || passage.became() == Reason.STORED;
  }

  /** Returns one for this client alone; {@code standIn} covers its body where it breaks off. */
  Reply passing(Incoming incoming, @Nullable Answer standIn) {
    Incoming.Head head = incoming.head();
    if (incoming.socket() != null) {
      return Reply.switching(lines(head, false), incoming.socket());
    }
    Reply reply =
        Reply.live(
            head.status(),
            lines(head, call.isHead() && call.passage().key() != null),
            incoming.body(),
            head.length(),
            incoming::trailers,
            incoming::cancel);
    return covered(reply, standIn);
  }

  /** Returns one from the store, with what the upstream set for the one who caused it. */
  static Reply stored(Prepared prepared, List<String> ownCookies) {
    int status = prepared.facts().answer().status();
    Reply reply = Reply.whole(status, prepared.lines(), prepared.body());
    if (!ownCookies.isEmpty()) {
      reply.edit("set-cookie", ownCookies);
    }
    return reply;
  }

  private Reply covered(Reply reply, @Nullable Answer stale) {
    if (stale != null) {
      reply.understudy(new StaleInPlace(call, taste, stale, services));
    }
    return reply;
  }

  private Lines lines(Incoming.Head head, boolean ofStored) {
    return services.codings().lines(services.heads(), head, ofStored ? taste.asked().rule() : null);
  }
}
