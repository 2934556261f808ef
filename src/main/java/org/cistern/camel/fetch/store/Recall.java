package org.cistern.camel.fetch.store;

import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.fetch.ask.Snapshots;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Withdrawal;
import org.cistern.rule.Key;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Ends what is stored of what a request asks for, where the origin takes it back by the response.
 *
 * @param services what the steps work with
 * @param sent the call to the upstream
 * @param asked the request
 * @param key the key under which it looked
 * @param own the key that no other query has
 * @param stored what it found and may use, or null
 * @param position the place in the purge log at which it was sent on
 */
public record Recall(
    Services services,
    @Nullable OriginCall sent,
    Asked asked,
    Key key,
    @Nullable Key own,
    @Nullable Prepared stored,
    Position position) {

  /** Returns the response; what is stored ends with it where it says so. */
  public Incoming heed(Incoming incoming, Reason refused) {
    Incoming.Head head = incoming.head();
    if (!isWithdrawal(head, refused)) {
      return incoming;
    }
    Recall later = stored == null ? this : outliving();
    return new RecallingIncoming(incoming, () -> later.withdraw(head));
  }

  private Recall outliving() {
    return new Recall(services, sent, Snapshots.of(asked), key, own, stored, position);
  }

  /** Heeds a response of which no body is needed. */
  public void heed(Incoming.Head head, Reason refused) {
    if (isWithdrawal(head, refused)) {
      withdraw(head);
    }
  }

  /** Heeds a response that shows other content than what is stored. */
  public void heedOther(Incoming.Head head) {
    if (isTheOrigins() && Withdrawal.isForAnybody(asked)) {
      withdraw(head);
    }
  }

  private boolean isWithdrawal(Incoming.Head head, Reason refused) {
    return isTheOrigins() && Withdrawal.by(asked, head.status(), refused);
  }

  /** Another upstream that stands in for a failing one does not know what that has. */
  private boolean isTheOrigins() {
    UpstreamClient other = sent == null ? null : services.upstreams().fallbackOf(sent.upstream());
    return sent == null || other == null || !other.upstream().equals(sent.answering());
  }

  private void withdraw(Incoming.Head head) {
    if (stored != null) {
      Answer old = stored.facts().answer();
      Answer end = old.dead(head.requestTime(), head.responseTime(), position);
      services.keeper().withdraw(asked, key, end);
    }
    new Parts(services).forget(own == null ? key : own);
  }
}
