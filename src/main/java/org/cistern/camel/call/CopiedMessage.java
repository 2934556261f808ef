package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** A copy of a call's message, which remembers how it was when it was made. */
final class CopiedMessage extends DefaultMessage {

  private Map<String, Object> before = Map.of();
  private boolean own;
  private boolean changed;
  private boolean ofReply;

  CopiedMessage(Exchange exchange) {
    super(exchange);
  }

  @Override
  public void copyFrom(Message that) {
    super.copyFrom(that);
    before = new HashMap<>(getHeaders());
    own = hasOwnBody(that);
    changed = false;
    ofReply = that instanceof CopiedMessage copy ? copy.ofReply : isAnswered(that.getExchange());
  }

  private static boolean isAnswered(@Nullable Exchange exchange) {
    Call call = exchange == null ? null : Call.find(exchange);
    return call != null && call.answered();
  }

  /** Tells whether it shows the request of a call that has been answered since. */
  private boolean isPast() {
    return !ofReply && isAnswered(getExchange());
  }

  /** Tells whether there is no body to wait for: it is set, or was the request's. */
  static boolean hasBody(Exchange exchange) {
    return exchange.getMessage() instanceof CopiedMessage copy && (copy.own || copy.isPast());
  }

  private static boolean hasOwnBody(Message that) {
    if (that instanceof CallMessage message) {
      return message.bodySet();
    }
    return that instanceof CopiedMessage copy ? copy.own : that.getBody() != null;
  }

  /** A body that nobody has set is the call's, whatever it is by now. */
  @Override
  public @Nullable Object getBody() {
    boolean ofCall = !own && getExchange().getProperty(Call.PROPERTY) instanceof Call;
    return ofCall ? bytes(Call.of(getExchange())) : super.getBody();
  }

  private byte @Nullable [] bytes(Call call) {
    return ofReply ? call.bytes() : call.requestBytes();
  }

  @Override
  public void setBody(@Nullable Object body) {
    own = true;
    changed = true;
    super.setBody(body);
  }

  /** Returns the headers that were set since. */
  Map<String, Object> changes() {
    Map<String, Object> changes = new HashMap<>();
    getHeaders()
        .forEach(
            (name, value) -> {
              if (!Objects.equals(before.get(name), value)) {
                changes.put(name, value);
              }
            });
    return changes;
  }

  /** Returns the names of the headers that were taken off since. */
  List<String> removals() {
    List<String> removals = new ArrayList<>(before.keySet());
    removals.removeAll(getHeaders().keySet());
    return removals;
  }

  /** Tells whether another body was set since. */
  boolean bodyChanged() {
    return changed;
  }
}
