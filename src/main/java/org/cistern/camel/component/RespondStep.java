package org.cistern.camel.component;

import java.time.Instant;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.CallMessage;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.coding.Forms;
import org.cistern.camel.service.Services;
import org.cistern.camel.service.StatusLine;
import org.cistern.freshness.CacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * Makes the last form of a reply: what the client's conditions and ranges ask for, coded as it
 * accepts, with {@code Age} and {@code Cache-Status}.
 */
final class RespondStep extends ClientStep {

  private final Services services;
  private final StatusLine statusLine;
  private final Coder coder;

  RespondStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.services = services;
    this.statusLine = services.status();
    this.coder = new Coder(services);
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Reply reply = call.reply();
    if (reply == null) {
      return true;
    }
    Passage passage = call.passage();
    Prepared stored = passage.isServed() ? passage.stored() : null;
    if (isRewritten(exchange)) {
      stamp(call, passage, stored);
      return true;
    }
    if (stored != null) {
      return fromStore(call, reply, stored, exchange, callback);
    }
    call.reply(Forms.ofPassing(call, reply, services.clock()));
    stampPassing(call, passage);
    return true;
  }

  /** Another body that the route has set goes out as it is: no condition or coding speaks of it. */
  private static boolean isRewritten(Exchange exchange) {
    return exchange.getMessage() instanceof CallMessage message && message.bodySet();
  }

  private void stamp(ClientCall call, Passage passage, @Nullable Prepared stored) {
    if (stored == null) {
      stampPassing(call, passage);
    } else {
      statusLine.stampStored(call, stored, services.clock().instant());
    }
  }

  private boolean fromStore(
      ClientCall call, Reply reply, Prepared stored, Exchange exchange, AsyncCallback callback) {
    Instant now = services.clock().instant();
    Reply formed = Forms.ofStored(call, reply, stored, now);
    if (formed != reply) {
      call.reply(formed.keeping(reply));
      statusLine.stampStored(call, stored, now);
      return true;
    }
    return coder.code(
        call,
        stored,
        () -> statusLine.stampStored(call, stored, now),
        rest -> resume(exchange, callback, rest));
  }

  private void stampPassing(ClientCall call, Passage passage) {
    Reply reply = call.reply();
    if (reply == null) {
      return;
    }
    String member = statusLine.passing(passage);
    if (member != null) {
      List<String> others = reply.all(CacheStatus.NAME);
      String before = others.isEmpty() ? null : String.join(", ", others);
      String line = CacheStatus.behind(before, member);
      reply.edit("cache-status", List.of(line));
    }
  }
}
